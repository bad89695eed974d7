"""Where Django's admin shows or does across tenants what a page of its own would not: each way has its test.

Nearly all pages here are our own; what the stock admin still serves is the list and the form of a council's settings.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import ModelAdmin
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse

from councils.models import Council, User
from councils.tenancy import as_council
from enquiries.models import Enquiry
from enquiries.states import CloseReason, State, Step
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
COUNCILS = "/staff/councils/council/"
REGISTERED = sorted(admin.site._registry.items(), key=lambda each: each[0].__name__)
PAGES: list[ModelAdmin] = [pages for _, pages in REGISTERED]  # type: ignore[type-arg]  # of any model
each_of_them = pytest.mark.parametrize("pages", PAGES, ids=[model.__name__ for model, _ in REGISTERED])


def names(pages: "ModelAdmin", *options: str) -> dict[str, object]:  # type: ignore[type-arg]  # of any model
    return {option: getattr(pages, option) for option in options if getattr(pages, option)}


@each_of_them
def test_no_list_offers_other_councils_values_as_a_filter(pages: "ModelAdmin") -> None:  # type: ignore[type-arg]  # of any model
    assert names(pages, "list_filter", "date_hierarchy", "search_fields") == {}


@each_of_them
def test_no_form_looks_rows_up_by_key_or_by_typing(pages: "ModelAdmin") -> None:  # type: ignore[type-arg]  # of any model
    assert names(pages, "raw_id_fields", "autocomplete_fields", "inlines", "radio_fields") == {}
    assert names(pages, "filter_horizontal", "filter_vertical", "list_editable") == {}


@each_of_them
def test_no_list_does_anything_to_many_at_once(pages: "ModelAdmin") -> None:  # type: ignore[type-arg]  # of any model
    assert pages.actions is None


@pytest.mark.parametrize("model", ["councils.membership", "councils.user", "councils.council", "enquiries.enquiry"])
def test_typing_is_completed_nowhere(cast: Cast, as_user: AsUser, model: str) -> None:
    app, name = model.split(".")
    asked = {"app_label": app, "model_name": name, "field_name": "owner", "term": "Hal"}
    assert as_user(cast.mina).get("/staff/autocomplete/", asked).status_code == 404


def test_a_key_in_a_form_points_nowhere_else(cast: Cast, as_user: AsUser, kent: Council, hampshire: Council) -> None:
    """What `raw_id_fields` would take: a key of a row that is not on the page."""
    as_user(cast.mina).post(settings_of(kent), {**CHANGED, "hub": hampshire.hub_id, "id": hampshire.pk})
    kent.refresh_from_db()
    assert kent.promise_working_days == 3
    assert Council.objects.get(pk=hampshire.pk).promise_working_days != 3


def test_the_history_of_a_council_has_no_page(cast: Cast, as_user: AsUser, kent: Council, hampshire: Council) -> None:
    client = as_user(cast.mina)
    for council in (kent, hampshire):
        page = client.get(f"{COUNCILS}{council.pk}/history/", follow=True).content.decode()
        assert "Change history" not in page
        assert hampshire.name not in page


def test_the_admins_log_is_read_and_written_by_nobody(db: None) -> None:
    for use in (LogEntry.objects.exists, LogEntry.objects.create):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            use()


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_delete_page_lists_what_hangs_together(
    cast: Cast, as_user: AsUser, kent: Council, hampshire: Council, method: str
) -> None:
    for council in (kent, hampshire):
        answer = getattr(as_user(cast.mina), method)(f"{COUNCILS}{council.pk}/delete/", {"post": "yes"}, follow=True)
        assert "Are you sure" not in answer.content.decode()
        assert cast.hal.name not in answer.content.decode()
        assert Council.objects.filter(pk=council.pk).exists()


def test_a_stock_action_on_ticked_rows_does_nothing(cast: Cast, as_user: AsUser, hampshire: Council) -> None:
    sent = {"action": "delete_selected", "_selected_action": [hampshire.pk], "post": "yes", "select_across": "1"}
    page = as_user(cast.mina).post(COUNCILS, sent, follow=True).content.decode()
    assert hampshire.name not in page
    assert Council.objects.filter(pk=hampshire.pk).exists()


@pytest.mark.parametrize(
    ("do", "sent"),
    [("bulk_give", {"to": "{mina}"}), ("bulk_close", {"step": Step.WITHDRAW, "reason": CloseReason.NO_ROOM})],
)
def test_of_ticked_cases_only_ones_own_are_touched(
    cast: Cast, as_user: AsUser, kent: Council, hampshire: Council, do: str, sent: dict[str, str]
) -> None:
    mine, other = factories.enquiry(kent), factories.enquiry(hampshire, name="Canary Hampshire")
    more = {"case": [f"{mine.pk}~0", f"{other.pk}~0"], "sure": "yes"}
    wish = {name: str(value).format(mina=cast.mina.pk) for name, value in sent.items()}
    page = as_user(cast.mina).post(reverse(f"admin:enquiries_enquiry_{do}"), {**wish, **more}, follow=True)
    assert "Canary Hampshire" not in page.content.decode()
    assert _told_of(mine) != (None, State.NEW), "it was done"
    assert _told_of(other) == (None, State.NEW)


def _told_of(case: Enquiry) -> tuple[int | None, str]:
    with as_council(case.council_id):
        after = Enquiry.objects.get(pk=case.pk)
    return after.owner_id, after.state


@pytest.mark.parametrize(
    "asked",
    [
        "hub__name__startswith=L",
        "memberships__user__email__startswith=h",
        "memberships__user__password__startswith=m",
        "duty_mailbox__contains=@",
        "id__in=1,2,3",
        "q=Hampshire",
        "o=-2.1",
        "e=1",
    ],
)
def test_a_list_answers_no_question_in_its_address(cast: Cast, as_user: AsUser, hampshire: Council, asked: str) -> None:
    answer = as_user(cast.mina).get(f"{COUNCILS}?{asked}", follow=True)
    assert answer.status_code in (200, 400)
    assert hampshire.name not in answer.content.decode()
    assert cast.hal.email not in answer.content.decode()


def test_a_popup_shows_no_more_than_the_page(cast: Cast, as_user: AsUser, kent: Council, hampshire: Council) -> None:
    client = as_user(cast.mina)
    listed = client.get(f"{COUNCILS}?_popup=1").content.decode()
    assert kent.name in listed
    assert hampshire.name not in listed
    others = client.get(f"{COUNCILS}{hampshire.pk}/change/?_popup=1", follow=True)
    assert hampshire.name not in others.content.decode()


@pytest.mark.parametrize("field", ["hub", "slug", "memberships", "memberships__user", "nothing"])
@pytest.mark.parametrize("address", ["{}?_to_field={}", "{}{key}/change/?_to_field={}"])
def test_a_row_is_not_found_by_another_field(
    cast: Cast, as_user: AsUser, hampshire: Council, address: str, field: str
) -> None:
    answer = as_user(cast.mina).get(address.format(COUNCILS, field, key=hampshire.slug), follow=True)
    assert answer.status_code in (200, 400)
    assert hampshire.name not in answer.content.decode()


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"]
)
def test_nobody_is_sent_away_after_logging_in(cast: Cast, as_user: AsUser, away: str) -> None:
    answer = as_user(cast.mina).get(reverse("admin:login"), {"next": away})
    to = urlsplit(answer["Location"])
    assert (to.scheme, to.netloc) == ("", "")
    assert to.path.startswith("/staff/")


def test_the_words_of_scripts_hold_no_rows(client: Client, cast: Cast, as_user: AsUser, kent: Council) -> None:
    address = reverse("admin:jsi18n")
    assert client.get(address).status_code == 302
    told = as_user(cast.rhea).get(address).content.decode()
    assert kent.name not in told
    assert cast.kate.email not in told


def test_a_row_of_any_kind_has_no_short_address(cast: Cast, as_user: AsUser, kent: Council) -> None:
    kind = ContentType.objects.get_for_model(Council)
    assert as_user(cast.mina).get(f"/staff/r/{kind.pk}/{kent.pk}/").status_code == 404


@pytest.mark.parametrize("asked", ["", "?hub=1&name=Canary", "?_popup=1&_to_field=id", "?memberships=1"])
def test_nothing_is_added_with_values_from_an_address(cast: Cast, as_user: AsUser, asked: str) -> None:
    before = Council.objects.count()
    for method in ("get", "post"):
        answer = getattr(as_user(cast.mina), method)(f"{COUNCILS}add/{asked}", follow=True)
        assert "Canary" not in answer.content.decode()
    assert Council.objects.count() == before


def test_a_form_takes_no_field_that_it_does_not_show(
    cast: Cast, as_user: AsUser, kent: Council, hampshire: Council
) -> None:
    as_user(cast.mina).post(
        settings_of(kent), {**CHANGED, "kind": "hub_office", "slug": "x", "code": "X", "name": "X", "hub_id": "9"}
    )
    after = Council.objects.get(pk=kent.pk)
    assert after.promise_working_days == 3, "it was saved"
    assert (after.kind, after.slug, after.code, after.name, after.hub_id) == (
        *(kent.kind, kent.slug, kent.code, kent.name),
        kent.hub_id,
    )


@pytest.mark.parametrize(("page", "sent"), [("claim", {}), ("note", {"text": "A note"}), ("correct", {"name": "Erin"})])
def test_a_case_takes_no_council_owner_or_state_from_a_form(
    cast: Cast, as_user: AsUser, kent: Council, hampshire: Council, page: str, sent: dict[str, str]
) -> None:
    case = factories.enquiry(kent)
    more = {"council": hampshire.pk, "council_id": hampshire.pk, "state": State.APPROVED, "owner": cast.hal.pk}
    as_user(cast.kate).post(reverse(f"admin:enquiries_enquiry_{page}", args=[case.pk]), {**sent, **more})
    with as_council(kent):
        after = Enquiry.objects.get(pk=case.pk)
    assert after.council_id == kent.pk
    assert after.state != State.APPROVED
    assert after.owner_id != cast.hal.pk


def test_accounts_and_groups_have_no_page(cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.mina)
    for address in ("councils/user/", "auth/group/", "auth/user/", "auth/permission/"):
        assert client.get(f"/staff/{address}").status_code == 404


def test_what_others_register_is_taken_out() -> None:
    """A library that brings an admin of its own would show everybody's accounts to everybody."""
    ours = tuple(f"{app.name}." for app in apps.get_app_configs() if not app.name.startswith(("django", "allauth")))
    assert [model for model, _ in REGISTERED if not model.__module__.startswith(ours)] == []
    admin.site.register(LogEntry)
    apps.get_app_config("admin").ready()
    assert LogEntry not in admin.site._registry


CHANGED = {
    **{"duty_mailbox": "", "opens_at": "08:00", "closes_at": "16:00", "promise_working_days": "3"},
    **{"first_contact_by": "council", "assignment": "in_turn"},
}


def settings_of(council: Council) -> str:
    return reverse("admin:councils_council_change", args=[council.pk])
