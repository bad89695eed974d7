"""The editor's pages: write, look, try, and how a council's emails look."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.content.look import look_of
from campaigns.models import Look, Mailing
from campaigns.states import MailingState
from councils.models import Council, Event
from councils.roles import Role
from councils.tenancy import as_council
from outbox.models import Message
from tests import factories
from tests.campaigns.made_up import editor
from tests.campaigns.test_rendering import mailing
from tests.conftest import Cast

Clients = Callable[[Any], Client]


@pytest.fixture
def draft(kent: Council) -> Mailing:
    with as_council(kent):
        return mailing(kent)


@pytest.fixture
def ed(kent: Council, as_user: Clients) -> Client:
    return as_user(editor(kent))


def at(name: str, mailing: Mailing) -> str:
    return reverse(f"admin:campaigns_mailing_{name}", args=[mailing.pk])


def a_form(**given: str) -> dict[str, str]:
    return {"version": "1", "subject": "A subject", "preheader": "And more"} | given


TWO = {
    **{"block-0-kind": "heading", "block-0-text": "First"},
    **{"block-1-kind": "text", "block-1-text": "Second, {first_name|friend}"},
}


def test_what_an_editor_writes_is_kept(ed: Client, draft: Mailing, kent: Council) -> None:
    assert ed.post(at("write", draft), a_form(**TWO)).status_code == 302
    with as_council(kent):
        kept = Mailing.objects.get(pk=draft.pk)
        assert Event.objects.filter(verb="mailing.written", subject_id=draft.pk).count() == 1
    assert (kept.subject, kept.preheader, kept.version) == ("A subject", "And more", 2)
    assert [block["text"] for block in kept.blocks] == ["First", "Second, {first_name|friend}"]


@pytest.mark.parametrize(
    ("do", "order"),
    [
        ("up-1", ["Second, {first_name|friend}", "First"]),
        ("down-0", ["Second, {first_name|friend}", "First"]),
        ("remove-0", ["Second, {first_name|friend}"]),
        ("add-text", ["First", "Second, {first_name|friend}", ""]),
        ("remove-9", ["First", "Second, {first_name|friend}"]),
        ("add-virus", ["First", "Second, {first_name|friend}"]),
    ],
)
def test_moving_parts_keeps_what_was_typed_and_saves_nothing(
    ed: Client, draft: Mailing, kent: Council, do: str, order: list[str]
) -> None:
    page = ed.post(at("write", draft), a_form(do=do, **TWO))
    assert page.status_code == 200
    assert [shown.block.text for shown in page.context["blocks"]] == order
    assert "Not saved yet" in page.content.decode()
    with as_council(kent):
        assert Mailing.objects.get(pk=draft.pk).version == 1


def test_a_field_that_cannot_be_filled_is_told_beside_what_was_typed(ed: Client, draft: Mailing) -> None:
    page = ed.post(at("write", draft), a_form(**TWO | {"block-1-text": "Dear {first_name},"}))
    shown = page.content.decode()
    assert page.status_code == 422
    assert 'href="#block-1-text"' in shown
    assert "may be empty" in shown and "Dear {first_name}," in shown


def test_two_editors_at_once_see_both_versions(ed: Client, draft: Mailing, kent: Council) -> None:
    ed.post(at("write", draft), a_form(subject="The colleague’s"))
    page = ed.post(at("write", draft), a_form(subject="Mine"))
    assert page.status_code == 409
    assert next((side.mine, side.theirs) for side in page.context["sides"]) == ("Mine", "The colleague’s")
    assert ed.post(at("write", draft), a_form(subject="Mine", over="2")).status_code == 302
    with as_council(kent):
        assert Mailing.objects.get(pk=draft.pk).subject == "Mine"


def test_what_is_no_draft_any_more_cannot_be_written(ed: Client, draft: Mailing, kent: Council) -> None:
    with as_council(kent):
        Mailing.objects.filter(pk=draft.pk).update(state=MailingState.APPROVED, fixed=1)
    page = ed.post(at("write", draft), a_form())
    assert page.status_code == 409
    assert "not a draft any more" in page.content.decode()


def test_an_officer_and_another_councils_editor_reach_nothing(
    draft: Mailing, cast: Cast, hampshire: Council, as_user: Clients
) -> None:
    for name in ("write", "preview", "frame"):
        assert as_user(cast.kate).get(at(name, draft)).status_code == 403
        assert as_user(editor(hampshire)).get(at(name, draft)).status_code == 404
    assert as_user(editor(hampshire)).post(at("test", draft)).status_code == 404


def test_the_hubs_editor_writes_for_every_council(draft: Mailing, office: Council, as_user: Clients) -> None:
    hubs = factories.user("Hedy", office, Role.CAMPAIGN_EDITOR)
    assert as_user(hubs).get(at("write", draft)).status_code == 200


def test_the_preview_shows_both_readers_and_what_is_missing(ed: Client, draft: Mailing, kent: Council) -> None:
    page = ed.get(at("preview", draft)).content.decode()
    assert "Could you, Erin?" in page and "postal address" in page
    assert "Could you, perhaps?" in ed.get(at("preview", draft) + "?as=nobody").content.decode()


def test_the_preview_text_is_shown_as_it_arrives(ed: Client, draft: Mailing) -> None:
    ed.post(at("write", draft), a_form(preheader="For you, {first_name|friend}"))
    assert "For you, Erin" in ed.get(at("preview", draft)).content.decode()
    assert "For you, friend" in ed.get(at("preview", draft) + "?as=nobody").content.decode()


def test_the_frame_shows_what_was_typed_and_runs_nothing(ed: Client, draft: Mailing) -> None:
    page = ed.post(at("frame", draft), a_form(**TWO))
    assert "Second, Erin" in page.content.decode()
    assert page["Content-Security-Policy"].startswith("default-src 'none'")
    wrong = ed.post(at("frame", draft), a_form(subject="{what}"))
    assert "There is a problem" in wrong.content.decode()


def test_a_test_goes_to_whoever_asks_and_once_a_minute(ed: Client, draft: Mailing, kent: Council) -> None:
    for _ in range(2):
        assert ed.post(at("test", draft)).status_code == 302
    with as_council(kent):
        sent = Message.objects.get(kind="mailing_test")
    assert sent.to_address == editor(kent).email
    assert sent.subject == "Test: Could you, Erin?"
    assert sent.to_staff


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/staff/", "Only staff"),
        ("/no-such-page/", "no such page"),
        ("/events/atlantis/", "no such page"),
        ("http://example.org/", "not secure"),
    ],
)
def test_a_link_that_leads_nowhere_is_told(ed: Client, draft: Mailing, address: str, told: str) -> None:
    ed.post(at("write", draft), a_form(**{"block-0-kind": "text", "block-0-text": f"[Our news]({address})"}))
    assert told in ed.get(at("preview", draft)).content.decode()


def test_a_page_of_ours_that_is_called_good_opens(ed: Client, draft: Mailing, client: Client) -> None:
    ours = ("/", "/enquire/", "/councils/kent/", "/events/kent/")
    text = " ".join(f"[our page {number}]({address})" for number, address in enumerate(ours))
    ed.post(at("write", draft), a_form(**{"block-0-kind": "text", "block-0-text": text}))
    assert {link.verdict for link in ed.get(at("preview", draft)).context["links"]} == {"good"}
    assert {client.get(address, follow=True).status_code for address in ours} == {200}


def a_look(**given: str) -> dict[str, str]:
    return {"sender": "Kent Fostering", "colour": "#0d4f4f", "two_above": "50", "rest_days": "7"} | given


def test_a_manager_changes_the_look_and_an_editor_does_not(
    ed: Client, cast: Cast, kent: Council, as_user: Clients
) -> None:
    page = reverse("admin:campaigns_mailing_look", args=[kent.slug])
    assert ed.get(page).status_code == 200
    assert ed.post(page, a_look(two_above="9999")).status_code == 403
    assert as_user(cast.mina).post(page, a_look(postal_address="Sessions House")).status_code == 302
    look = Look.objects.get(council=kent)
    assert (look.sender, look.postal_address, look.two_above) == ("Kent Fostering", "Sessions House", 50)
    with as_council(kent):
        assert Event.objects.get(verb="look.changed").facts["settings"] == [
            "sender",
            "postal_address",
            "colour",
            "clicks",
        ]


@pytest.mark.parametrize(("colour", "told"), [("#ffdd00", "contrast of"), ("red", "six letters")])
def test_a_colour_that_nobody_can_read_is_refused(
    cast: Cast, kent: Council, as_user: Clients, colour: str, told: str
) -> None:
    page = reverse("admin:campaigns_mailing_look", args=[kent.slug])
    answer = as_user(cast.mina).post(page, a_look(colour=colour))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert look_of(kent).colour == "#1d70b8"


def test_looking_at_how_emails_look_writes_nothing(ed: Client, kent: Council, draft: Mailing) -> None:
    pages = [reverse("admin:campaigns_mailing_looks"), reverse("admin:campaigns_mailing_look", args=[kent.slug])]
    for page in (*pages, at("preview", draft), reverse("admin:campaigns_mailing_page", args=[draft.pk])):
        assert ed.get(page).status_code == 200
    assert not Look.objects.exists()
