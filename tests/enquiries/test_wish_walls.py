"""Whom somebody would like to talk to is in no list, no search, no file and no figure: no query of those touches it."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ambassadors.matching import Seeker
from councils.models import Council, User
from councils.models.todos import ToDoKind
from councils.roles import Role
from councils.tenancy import as_council
from enquiries import actions
from enquiries.actions.digest import send_digests
from enquiries.actions.todos import open_todo
from enquiries.models import Enquiry, SearchKey, Wish
from enquiries.wish_states import Attribute
from outbox.models import Message
from tests import factories
from tests.conftest import Cast
from tests.enquiries.handing import ask

AsUser = Callable[[User], Client]
ROOT = Path(settings.BASE_DIR)
WORDS = ("lgbtq", "LGBTQ", "Peculiarword", "Punjabi")
LIST = "/staff/enquiries/enquiry/"
CSV = {"purpose": "meeting", "words": "For the meeting", "contacts": "on", "file": "csv"}


@pytest.fixture
def case(kent: Council) -> Enquiry:
    case = factories.enquiry(kent)
    factories.wish(case, whom=(Attribute.LGBTQ,), detail="Peculiarword", languages=("Punjabi",))
    return case


@pytest.fixture
def mina(cast: Cast, as_user: AsUser) -> Client:
    """A manager, who may see wishes: what is not there is kept from her by the page, and not by her role."""
    return as_user(cast.mina)


def answered(client: Client, method: str, path: str, sent: dict[str, str]) -> str:
    """The page or file; no query that made it touched a wish."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer: Any = client.get(path, sent) if method == "get" else client.post(path, sent)
    assert answer.status_code == 200, path
    assert not [each["sql"] for each in queries if "enquiries_wish" in each["sql"]], path
    return str(answer.content.decode("utf-8-sig", errors="replace"))


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        ("get", LIST, {}),
        ("get", LIST, {"special": "to_confirm"}),
        ("post", LIST, {"typed": "Erin"}),
        ("get", f"{LIST}export/", {}),
        ("post", f"{LIST}export/", CSV),
        ("post", f"{LIST}export/", CSV | {"file": "xlsx"}),
        ("get", f"{LIST}to-do/", {}),
        ("get", "/staff/", {}),
        ("get", "/staff/enquiries/handover/", {}),
    ],
    ids=str,
)
def test_no_list_search_or_file_reads_a_wish(
    case: Enquiry, mina: Client, method: str, path: str, sent: dict[str, str]
) -> None:
    seen = answered(mina, method, path, sent)
    assert not [word for word in WORDS if word in seen]


@pytest.mark.parametrize("page", ["referral", "same", "trail", "correct", "write", "next"])
def test_no_other_page_of_the_case_reads_a_wish(case: Enquiry, mina: Client, page: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        seen = mina.get(f"{LIST}{case.pk}/{page}/").content.decode()
    assert not [each["sql"] for each in queries if "enquiries_wish" in each["sql"]]
    assert not [word for word in WORDS if word in seen]


@pytest.mark.parametrize("typed", ["lgbtq", "Peculiarword", "Punjabi"])
def test_nobody_is_found_by_what_they_wish_for(case: Enquiry, kent: Council, typed: str) -> None:
    with as_council(kent):
        assert not Enquiry.objects.all().matching(typed).exists()
        assert not SearchKey.objects.filter(key__icontains=typed).exists()


def test_no_mail_names_a_wish(case: Enquiry, kent: Council, hampshire: Council, cast: Cast) -> None:
    """The digest, what asks another council, and whatever else leaves by itself."""
    with as_council(kent):
        open_todo(case, kent, ToDoKind.CALL)
    ask(case, hampshire, cast.kate)
    with CaptureQueriesContext(connection) as queries:
        send_digests()
    assert not [each["sql"] for each in queries if "enquiries_wish" in each["sql"]]
    actions.run_due()
    for council in (kent, hampshire):
        with as_council(council):
            told = [message.text + message.subject for message in Message.objects.all()]
            assert not [word for word in WORDS for each in told if word in each]


def test_the_council_that_is_asked_to_take_a_case_reads_no_wish(
    case: Enquiry, hampshire: Council, cast: Cast, as_user: AsUser
) -> None:
    ask(case, hampshire, cast.kate)
    seen = answered(as_user(factories.coordinator(hampshire)), "get", "/staff/enquiries/handover/", {})
    assert not [word for word in WORDS if word in seen]


def test_taking_out_a_list_of_contacts_leaves_it_where_it_is(case: Enquiry, kent: Council, as_user: AsUser) -> None:
    hannah = factories.user("Hannah", Council.objects.get(slug="lafse-office"), Role.HUB_MANAGER)
    seen = answered(as_user(hannah), "post", f"{LIST}export/", CSV)
    assert case.reference in seen and not [word for word in WORDS if word in seen]
    with as_council(kent):
        assert Wish.objects.filter(enquiry=case.pk).exists()


# By the source: who can read a wish at all

READERS = {
    "enquiries/wish_panel.py",  # the case page, for who looks for carers; "Your enquiry"
    "enquiries/actions/wishing.py",
    "enquiries/actions/wish_carrying.py",
    "enquiries/models/__init__.py",
}
ROOMS = ("councils", "outbox", "staff", "enquiries", "campaigns", "dashboards")
# Matching reads it; what is taken out, what staff read of one another and what tells of dangers do not.
NOT_THESE = ("log/", "concerns/", "mentors/", "people/", "own/", "relay/", "actions/talk_exports", "actions/logging")


def sources(*rooms: str) -> Iterator[tuple[str, str]]:
    for room in rooms:
        for file in (ROOT / room).rglob("*.py"):
            if "migrations" not in file.parts:
                yield str(file.relative_to(ROOT)), file.read_text()


def imports_wish(source: str) -> bool:
    froms = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    models = [node for node in froms if str(node.module).startswith("enquiries.models")]
    return any(alias.name == "Wish" for node in models for alias in node.names)


def test_only_these_modules_can_read_a_wish() -> None:
    assert {path for path, source in sources(*ROOMS) if imports_wish(source)} == READERS


def test_of_the_scheme_only_what_matches_can_read_a_wish() -> None:
    found = [path.removeprefix("ambassadors/") for path, source in sources("ambassadors") if imports_wish(source)]
    assert found and not [path for path in found if path.startswith(NOT_THESE)]


def test_nobody_comes_to_a_wish_by_its_case() -> None:
    """`wishes` is what the case calls them."""
    found = {
        path
        for path, source in sources(*ROOMS, "ambassadors")
        if "enquiry__wishes" in source or "case.wishes" in source
    }
    assert found == set()


# Equality data

PROTECTED = ("ethnic", "religio", "faith", "gender", "sexual", "disabilit", "marital", "nationality", "pregnan")


def test_matching_knows_of_somebody_what_they_wished_for_and_nothing_else() -> None:
    assert set(Seeker.__dataclass_fields__) == {
        *("key", "council", "wishes", "kinds", "about", "languages", "times", "ways"),  # said by themselves
        *("asked", "kept_from", "place", "since", "noes"),
    }


def test_matching_reads_no_equality_data() -> None:
    """Were there a field for it: none that matching could read is called like one."""
    fields = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ("enquiries", "ambassadors", "councils")
        for field in model._meta.fields
    }
    assert not [field for field in fields for word in PROTECTED if word in field.lower()]
    for path, source in sources("ambassadors"):
        names = {node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}
        assert not [name for name in names for word in PROTECTED if word in name.lower()], path


def test_matching_reads_of_a_case_only_what_this_list_names() -> None:
    read = set[str]()
    for path, source in sources("ambassadors"):
        if path.startswith("ambassadors/matched/") or path == "ambassadors/matching.py":
            nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)]
            read |= {node.attr for node in nodes if isinstance(node.value, ast.Name) and node.value.id == "case"}
    assert read <= {
        *(
            "pk",
            "council",
            "council_id",
            "reference",
            "postcode",
            "area_code",
            "care_kinds",
            "times",
            "wants_ambassador",
        ),
        *("name", "second_adult", "fosters_with_name"),  # held against the conflict list; the first name is shown
    }
