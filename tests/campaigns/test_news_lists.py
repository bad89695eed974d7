"""Lists from elsewhere: only who said yes, with the day; whoever said no stays away; staff see what was agreed to."""

import re
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from campaigns.actions.importing_lists import Terms, bring_in, sort_out
from campaigns.actions.leaving import PAGE, leave
from campaigns.models import Agreement, Refusal, Subscriber
from campaigns.news.lists import Brought, read, unpacked
from campaigns.news.standing import may_be_written_to
from campaigns.states import Origin, Purpose, SubscriberState
from councils.access import access_of
from councils.models import Council, Event, User
from councils.refusals import Refused, RoleRefused
from councils.tenancy import as_council
from enquiries.imports.sheets import BadFile
from outbox.states import Cover
from outbox.suppressions import suppress
from tests.campaigns.made_up import editor
from tests.campaigns.subscribed import subscriber
from tests.conftest import Cast

TODAY = date(2026, 11, 22)
LIST = """Kent County Show;;
Email;First name;Agreed on
ann@example.org;Ann;1/7/2026
ANN@example.org;Ann again;2/7/2026
bo@example.org;;2/7/2026
nobody;Bad;2/7/2026
cy@example.org;Cy;
dee@example.org;Dee;1/7/2030
eve@example.org;Eve;soon
"""
TERMS = Terms(wording="Yes, tell me more about fostering", told_by="Show sheets", purposes=(Purpose.NEWS,))


def brought(text: str = LIST) -> Brought:
    return read(text.encode(), filename="show.csv", today=TODAY)


def of(council: Council) -> dict[str, Subscriber]:
    with as_council(council):
        return {own.address: own for own in Subscriber.objects.filter(council=council)}


def test_rows_are_refused_by_number_and_in_words() -> None:
    found = brought()
    assert [(each.row, each.email) for each in found.wanted] == [
        (3, "ann@example.org"),
        (4, "ANN@example.org"),
        (5, "bo@example.org"),
    ]
    assert [row for row, _ in found.bad] == [6, 7, 8, 9]
    why = dict(found.bad)
    assert "email address" in why[6]
    assert "no date on which they agreed" in why[7]
    assert "not come yet" in why[8]
    assert "“soon” is no day" in why[9]
    assert unpacked(found.packed()) == found


@pytest.mark.parametrize("text", ["", "Email\nann@example.org\n", "Email,Agreed on\n"])
def test_a_file_without_addresses_and_days_is_none(text: str) -> None:
    with pytest.raises(BadFile):
        brought(text)


def test_who_agreed_comes_in_with_the_day_and_the_words(kent: Council) -> None:
    ed = access_of(editor(kent))
    listed = bring_in(brought(), kent, TERMS, by=ed)
    assert (listed.rows, listed.taken, listed.told_by) == (7, 2, "Show sheets")
    ann = of(kent)["ann@example.org"]
    assert (ann.state, ann.origin, ann.brought_by_id) == (SubscriberState.ACTIVE, Origin.IMPORT, listed.pk)
    with as_council(kent):
        given = Agreement.objects.get(subscriber=ann)
        assert (given.given_at.date(), given.by) == (date(2026, 6, 30), ed.user)  # midnight of the day in summer
        assert may_be_written_to([ann.pk], Purpose.NEWS)
        assert not may_be_written_to([ann.pk], Purpose.EVENTS)


def test_the_same_file_adds_nothing_twice(kent: Council) -> None:
    ed = access_of(editor(kent))
    bring_in(brought(), kent, TERMS, by=ed)
    with pytest.raises(Refused, match="This very list was brought in"):
        bring_in(brought(), kent, TERMS, by=ed)
    again = bring_in(brought(LIST + "\n"), kent, TERMS, by=ed)
    assert again.taken == 0
    assert len(of(kent)) == 2


def test_whoever_said_no_stays_away_whatever_the_list_says(kent: Council) -> None:
    leave(subscriber(kent, "ann@example.org"), how=PAGE)
    suppress("bo@example.org", hub_id=kent.hub_id, cover=Cover.PROMOTIONAL, reason="opted_out")
    with as_council(kent):
        found = sort_out(brought(), kent)
    assert found.taken == 0
    assert [row for row, _ in found.left_out] == [3, 4, 5]
    bring_in(brought(), kent, TERMS, by=access_of(editor(kent)))
    assert [own.state for own in of(kent).values()] == [SubscriberState.ENDED]


def test_only_who_runs_campaigns_of_that_council_may(kent: Council, hampshire: Council, cast: Cast) -> None:
    for who in (cast.kate, cast.hal, cast.olu):
        with pytest.raises(RoleRefused):
            bring_in(brought(), kent, TERMS, by=access_of(who))
    with pytest.raises(RoleRefused):
        bring_in(brought(), hampshire, TERMS, by=access_of(editor(kent)))
    assert of(hampshire) == of(kent) == {}


def test_a_list_is_tried_and_then_brought_in(kent: Council, as_user: Callable[[User], Client]) -> None:
    client, path = as_user(editor(kent)), "/staff/campaigns/subscriber/list/kent/"
    told = {"wording": TERMS.wording, "told_by": TERMS.told_by, "purposes": ["news"]}
    assert client.post(path, told).status_code == 422
    page = client.post(path, told | {"rows": LIST.replace(";", "\t"), "called": "The show"}).content.decode()
    assert "2 people would come in" in page
    assert "Row 6" in page
    assert of(kent) == {}, "a try"
    found = re.search('name="tried" value="([^"]+)"', page)
    assert found
    assert client.post(path, told | {"tried": found[1] + "x"}).status_code == 409
    assert client.post(path, told | {"tried": found[1]}).status_code == 302
    assert len(of(kent)) == 2
    assert client.post(path, told | {"tried": found[1]}).status_code == 409
    assert b"The show" in client.get("/staff/campaigns/subscriber/").content


def test_somebody_is_found_by_the_whole_address_and_ended_by_phone(
    kent: Council, hampshire: Council, as_user: Callable[[User], Client], cast: Cast
) -> None:
    own, other = subscriber(kent), subscriber(hampshire)
    client = as_user(editor(kent))
    for typed, found in (("ERIN@example.org", True), ("erin@example.or", False), ("other@example.org", False)):
        page = client.post("/staff/campaigns/subscriber/", {"address": typed}).content.decode()
        assert (str(own.pk) in page) is found
        assert str(other.pk) not in page
    path = f"/staff/campaigns/subscriber/{own.pk}/"
    page = client.get(path).content.decode()
    assert "Stories from foster carers" in page
    assert client.post(path, {"reach": "nobody"}).status_code == 409
    assert client.post(path, {"reach": "council"}).status_code == 302
    assert "by staff, as they asked" in client.get(path).content.decode()
    assert Refusal.objects.filter(council=kent).count() == 1
    with as_council(kent):
        verbs = set(Event.objects.filter(subject_id=own.pk).values_list("verb", flat=True))
    assert {"subscriber.seen", "subscriber.left"} <= verbs
    assert client.get(f"/staff/campaigns/subscriber/{other.pk}/").status_code == 404
    assert as_user(cast.kate).get(path).status_code == 403


def test_the_list_counts_by_purpose_and_origin(kent: Council, as_user: Callable[[User], Client]) -> None:
    subscriber(kent, "one@example.org")
    subscriber(kent, "two@example.org", purposes=(Purpose.NEWS,), origin=Origin.BOOKING)
    subscriber(kent, "three@example.org", purposes=(), state=SubscriberState.PENDING)
    leave(subscriber(kent, "four@example.org"), how=PAGE)
    page = as_user(editor(kent)).get("/staff/campaigns/subscriber/").content.decode()
    cells = re.findall(r"<td[^>]*>(\d+)</td>", page)
    assert cells == ["2", "2", "1", "0", "1", "1", "0", "0", "1"]


def test_the_operator_brings_in_a_file_and_tries_it_first(kent: Council, tmp_path: Path) -> None:
    file = tmp_path / "show.csv"
    file.write_text(LIST)
    told = ("--council", "kent", "--wording", "Yes", "--told-by", "Show sheets", "--purpose", "news")
    said = StringIO()
    call_command("import_subscribers", str(file), *told, "--dry-run", stdout=said)
    assert "Row 7: There is no date" in said.getvalue()
    assert "2 people can come in." in said.getvalue()
    assert of(kent) == {}
    with pytest.raises(CommandError, match="Who brings it in"):
        call_command("import_subscribers", str(file), *told, stdout=said)
    call_command("import_subscribers", str(file), *told, "--by", editor(kent).email, stdout=said)
    assert len(of(kent)) == 2
