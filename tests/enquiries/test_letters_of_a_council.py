"""A council's letters: tried before they are kept, seen as they arrive, retired and used again; its own and nobody
else's."""

from collections.abc import Callable
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import Access, access_of
from councils.models import Council, Event, User
from councils.refusals import Refused, RoleRefused
from councils.roles import Role
from councils.tenancy import as_council
from enquiries.actions.letters import change_letter, retire_letter, use_letter_again, write_letter
from enquiries.letters.placeholders import OFFERED, fill_in, left_over
from enquiries.letters.starting import STARTS
from enquiries.letters.trying import letter_faults, words_of
from enquiries.models import LetterTemplate
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
LETTER = {"name": "A time to talk", "subject": "About ((reference))", "text": "((greeting))\n\n((my name))"}
LIST = "admin:enquiries_lettertemplate_changelist"


@pytest.fixture
def mina(cast: Cast) -> Access:
    return access_of(cast.mina)


@pytest.fixture
def letter(kent: Council, mina: Access) -> LetterTemplate:
    return write_letter(kent, **LETTER, by=mina)


def address(name: str, *about: object) -> str:
    return reverse(f"admin:enquiries_lettertemplate_{name}", args=about)


def in_use(council: Council) -> list[str]:
    with as_council(council):
        return list(LetterTemplate.objects.in_use().filter(council=council).values_list("name", flat=True))


def shown(page: Any) -> str:
    return unescape(page.content.decode())


@pytest.mark.parametrize("key", STARTS)
def test_the_texts_to_start_from_pass_their_own_trial(key: str, lafse: object) -> None:
    start = STARTS[key]
    for council in Council.objects.select_related("hub"):
        assert letter_faults(words_of(start.subject, start.text), council, NOW) == []


def test_none_of_them_is_kept_before_somebody_saves_it(kent: Council, cast: Cast, as_user: AsUser) -> None:
    page = as_user(cast.mina).get(address("new", kent.pk) + "?start=visit")
    assert "Our visit on ((visit))" in shown(page)
    assert in_use(kent) == []


def test_a_manager_writes_changes_and_retires(kent: Council, cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.mina)
    assert client.post(address("new", kent.pk), LETTER).status_code == 302
    assert in_use(kent) == ["A time to talk"]
    with as_council(kent):
        letter = LetterTemplate.objects.get()
    assert client.post(address("change", letter.pk), LETTER | {"name": "Other"}).status_code == 302
    assert in_use(kent) == ["Other"]
    assert client.post(address("retire", letter.pk)).status_code == 302
    assert in_use(kent) == []
    assert "Not in use any more" in shown(client.get(address("changelist")))
    assert client.post(address("use_again", letter.pk)).status_code == 302
    assert in_use(kent) == ["Other"]
    with as_council(kent):
        said = set(Event.objects.filter(subject_id=letter.pk).values_list("verb", flat=True))
    assert said == {"letter.written", "letter.changed", "letter.retired", "letter.used_again"}


def test_an_officer_looks_and_changes_nothing(
    kent: Council, letter: LetterTemplate, cast: Cast, as_user: AsUser
) -> None:
    client, kate = as_user(cast.kate), access_of(cast.kate)
    assert "Only a manager can change it" in shown(client.get(address("change", letter.pk)))
    posts = [("new", kent.pk), ("change", letter.pk), ("retire", letter.pk), ("use_again", letter.pk)]
    assert [client.post(address(name, about), LETTER).status_code for name, about in posts] == [403] * 4
    for do in (
        lambda: write_letter(kent, **LETTER, by=kate),
        lambda: change_letter(letter, **LETTER, by=kate),
        lambda: retire_letter(letter, by=kate),
        lambda: use_letter_again(letter, by=kate),
    ):
        with pytest.raises(RoleRefused):
            do()
    assert in_use(kent) == ["A time to talk"]


def test_another_councils_letter_and_none_answer_alike(
    kent: Council, hampshire: Council, letter: LetterTemplate, as_user: AsUser
) -> None:
    client = as_user(factories.user("Hedda", hampshire, Role.MANAGER))
    for name in ("change", "retire", "use_again"):
        answers = [client.post(address(name, about), LETTER) for about in (letter.pk, uuid4())]
        assert [answer.status_code for answer in answers] == [404, 404]
    assert [client.get(address("new", council)).status_code for council in (kent.pk, 1900000099)] == [404, 404]
    assert LETTER["subject"] not in shown(client.get(address("changelist")))
    assert in_use(kent) == ["A time to talk"]
    assert in_use(hampshire) == []


REFUSED = {
    "an unknown placeholder": ({"text": "((greting))"}, "Did you mean ((greeting))?"),
    "a placeholder of a follow-up": ({"text": "((tried))"}, "no placeholder ((tried))"),
    "half a placeholder": ({"text": "Hello ((reference)"}, "two brackets"),
    "a subject that is too long": ({"subject": "((service)) " * 9}, "Keep it to 100"),
    "no name": ({"name": " "}, "Enter a name."),
    "no text": ({"text": " "}, "Write the letter first."),
    "too long a text": ({"text": "a" * 5001}, "5,000 characters or fewer"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_letter_that_would_fail_is_refused_and_kept_on_the_page(
    name: str, kent: Council, cast: Cast, as_user: AsUser
) -> None:
    changed, sentence = REFUSED[name]
    answer = as_user(cast.mina).post(address("new", kent.pk), LETTER | changed)
    assert answer.status_code == 409
    assert sentence in shown(answer)
    assert changed.get("text", LETTER["text"]).strip() in shown(answer)
    assert in_use(kent) == []


def test_two_letters_in_use_have_two_names(kent: Council, letter: LetterTemplate, mina: Access) -> None:
    with pytest.raises(Refused, match="a letter of this name already"):
        write_letter(kent, **LETTER, by=mina)
    retire_letter(letter, by=mina)
    write_letter(kent, **LETTER, by=mina)
    with pytest.raises(Refused, match="a letter of this name already"):
        use_letter_again(letter, by=mina)
    assert in_use(kent) == ["A time to talk"]


def test_the_same_name_in_another_council_is_its_own(kent: Council, letter: LetterTemplate, hampshire: Council) -> None:
    write_letter(hampshire, **LETTER, by=access_of(factories.user("Hedda", hampshire, Role.MANAGER)))
    assert in_use(kent) == in_use(hampshire) == ["A time to talk"]


def test_it_is_seen_as_it_arrives_without_being_saved(kent: Council, cast: Cast, as_user: AsUser) -> None:
    typed = LETTER | {"text": "((greeting))\n\n<script>alert(1)</script>\n\n((my name))", "do": "look"}
    page = as_user(cast.mina).post(address("new", kent.pk), typed)
    assert page.status_code == 200
    assert in_use(kent) == []
    seen = page.context["seen"]
    assert "Hello Erin," in seen.html
    assert "Kim Example" in seen.html
    assert "<script>" not in seen.html
    assert f'srcdoc="{escape(seen.html[:200])}' in page.content.decode(), "rendered text counts as safe, and ends here"
    assert "sha256-" in page.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]


def test_what_is_known_is_filled_in_and_the_rest_is_for_a_person() -> None:
    known = dict.fromkeys(OFFERED, "") | {"my name": "Kate", "greeting": "Hello,"}
    assert fill_in("((greeting))\n\n((sorry))\n\n((visit)) ((my name))", known) == "Hello,\n\n((visit)) Kate"
    assert "((visit))" in left_over("", "((visit))")
    assert left_over("Erin (she/her) (Kent)", "f(x)") == ""


def test_a_council_without_letters_is_told_what_to_do(kent: Council, cast: Cast, as_user: AsUser) -> None:
    assert "Start from one of the texts below" in shown(as_user(cast.mina).get(reverse(LIST)))
    officers = shown(as_user(cast.kate).get(reverse(LIST)))
    assert "Your manager can write some" in officers
    assert "Write a new letter" not in officers


def test_who_works_nowhere_sees_no_letters(cast: Cast, as_user: AsUser) -> None:
    assert as_user(cast.rhea).get(reverse(LIST)).status_code == 403
