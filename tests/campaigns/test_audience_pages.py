"""The pages of segments: counted without a script, kept, refused to whoever may not, and never lost to a colleague."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.audiences.rules import read
from campaigns.models import Segment
from councils.models import Council, User
from councils.tenancy import as_council
from tests.campaigns.audience import case, mailing, reader, segment, subscriber
from tests.campaigns.made_up import editor
from tests.conftest import Cast

As = Callable[[User], Client]


def page(name: str, *about: object, of: Council | None = None) -> str:
    return reverse(f"admin:campaigns_segment_{name}", args=about) + (f"?of={of.slug}" if of else "")


def text(client: Client, address: str, status: int = 200, **sent: object) -> str:
    answer = client.post(address, sent) if sent else client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_segment_is_written_counted_and_changed(kent: Council, as_user: As) -> None:
    reader(kent, state="visited")
    reader(kent)
    case(kent, news_by_email=False)
    client = as_user(editor(kent))
    counted = text(client, page("new", of=kent), do="count", states=["new", "visited"])
    assert "<strong>3</strong> people fit" in counted
    assert "Has not agreed to it" in counted
    assert "Please check" not in counted
    made = client.post(page("new", of=kent), {"name": "Visited", "states": ["visited"], "asked_before": "30"})
    with as_council(kent):
        kept = Segment.objects.get(name="Visited")
        assert (kept.rules, kept.created_by) == ({"states": ["visited"], "asked_before": 30}, editor(kent))
    assert made["Location"] == page("change", kept.pk)
    assert "State of the enquiry: Visited" in text(client, page("changelist"))
    client.post(page("change", kept.pk), {"name": "Visited", "version": "1", "unmailed": "14"})
    with as_council(kent):
        kept.refresh_from_db()
        assert (kept.rules, kept.version) == ({"unmailed": 14}, 2)


def test_the_count_alone_is_a_part_of_a_page(kent: Council, as_user: As) -> None:
    subscriber(kent)
    told = text(as_user(editor(kent)), page("count", of=kent), name="")
    assert "<strong>1</strong> person fits" in told
    assert "<html" not in told


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"name": ""}, "Enter a name."),
        ({"name": "A", "case": "without", "states": ["new"]}, "Whoever never enquired has no state"),
        ({"name": "A", "asked_before": "-1"}, "a whole number of days"),
        ({"name": "A", "states": ["<b>"]}, "“&lt;b&gt;” is not on the list"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    kent: Council, as_user: As, sent: dict[str, object], told: str
) -> None:
    shown = text(as_user(editor(kent)), page("new", of=kent), 409, unmailed="17", **sent)
    assert told in shown
    assert 'value="17"' in shown
    with as_council(kent):
        assert not Segment.objects.exists()


def test_two_who_change_a_segment_see_both_versions(kent: Council, as_user: As) -> None:
    shared = segment(kent, unmailed=7)
    client = as_user(editor(kent))
    client.post(page("change", shared.pk), {"name": "Theirs", "version": "1", "unmailed": "30"})
    mine = {"name": "Mine", "version": "1", "unmailed": "60"}
    shown = text(client, page("change", shared.pk), 409, **mine)
    assert "No campaign email for 30 days" in shown
    assert 'value="60"' in shown
    assert 'name="version" value="2"' in shown
    client.post(page("change", shared.pk), mine | {"version": "2"})
    with as_council(kent):
        shared.refresh_from_db()
        assert (shared.name, shared.rules) == ("Mine", {"unmailed": 60})


def test_one_name_is_for_one_segment(kent: Council, as_user: As) -> None:
    taken = segment(kent)
    shown = text(as_user(editor(kent)), page("new", of=kent), 409, name=taken.name)
    assert "There is an audience of this name already" in shown


def test_a_segment_that_an_email_used_stays(kent: Council, as_user: As) -> None:
    used, unused = segment(kent), segment(kent)
    mailing(kent, used)
    client = as_user(editor(kent))
    assert "went to it: it stays" in text(client, page("remove", used.pk), 409, yes="")
    client.post(page("remove", unused.pk))
    with as_council(kent):
        assert list(Segment.objects.all()) == [used]


def test_segments_are_for_whoever_runs_campaigns_there(
    kent: Council, hampshire: Council, cast: Cast, as_user: As
) -> None:
    theirs = segment(hampshire)
    officer, ours = as_user(cast.kate), as_user(editor(kent))
    assert officer.get(page("changelist")).status_code == 403
    assert officer.post(page("new", of=kent), {"name": "A"}).status_code == 403
    for address in (page("change", theirs.pk), page("new", of=hampshire)):
        assert ours.get(address).status_code == 404
        assert ours.post(address, {"name": "A", "version": "1"}).status_code == 404
    assert theirs.name not in text(ours, page("changelist"))


def test_the_hub_office_chooses_among_councils_and_their_areas(
    office: Council, kent: Council, hampshire: Council, as_user: As
) -> None:
    subscriber(kent)
    subscriber(hampshire)
    client = as_user(editor(office))
    shown = text(client, page("new", of=office))
    assert 'value="hampshire"' in shown
    assert "Maidstone" in shown
    assert "<strong>2</strong> people fit" in text(client, page("count", of=office), name="")
    assert "<strong>1</strong> person fits" in text(client, page("count", of=office), councils=["kent"])
    client.post(page("new", of=office), {"name": "Kent alone", "councils": ["kent"], "areas": ["E07000110"]})
    with as_council(office):
        kept = Segment.objects.get()
        assert read(kept.rules).councils == ("kent",)
    listed = text(client, page("changelist"))
    assert "Councils: Kent" in listed
    assert "Where they live: Maidstone" in listed
