"""Outcomes from a council's case system: through the workflow, row by row, safe twice, and in the right month."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from councils.access import Access, access_of
from councils.models import Council, Event, User
from councils.refusals import RoleRefused
from councils.roles import Role
from councils.tenancy import as_council
from councils.working_time import LONDON
from dashboards.actions.folding import fold_hub
from dashboards.actions.outcomes import Taken, bring_in, try_out
from dashboards.actions.rebuilding import differences
from dashboards.models import Cell, Journey
from dashboards.outcomes.sheet import read
from enquiries import actions
from enquiries.models import Enquiry
from enquiries.states import CloseReason, State, Step
from outbox.models import Message
from outbox.states import OPEN_STATES
from tests import factories
from tests.conftest import Cast

AsUser = Callable[[User], Client]
TODAY = date(2026, 11, 20)


@pytest.fixture
def mina(cast: Cast) -> Access:
    return access_of(cast.mina)


@pytest.fixture
def erin(kent: Council, cast: Cast, move_clock: Callable[[datetime], None]) -> Enquiry:
    """Enquired on 12 May 2026 and was visited on the 20th. Now it is 20 November."""
    move_clock(datetime(2026, 5, 12, 10, tzinfo=LONDON))
    case = factories.enquiry(kent)
    move_clock(datetime(2026, 11, 20, 10, tzinfo=LONDON))
    return actions.take_step(case, Step.VISIT, on=date(2026, 5, 20), by=access_of(cast.mina))


def fresh(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(council=case.council_id, pk=case.pk)


def listed(*lines: str) -> bytes:
    return "\n".join(("Reference,Case number,Outcome,Date,Reason,Application received,Stage 1 began", *lines)).encode()


def take(council: Council, by: Access, *lines: str, do: Callable[..., Taken] = bring_in) -> Taken:
    sheet = read(listed(*lines), today=TODAY)
    assert sheet.problems == []
    return do(sheet.rows, council, by=by)


def why(taken: Taken) -> str:
    return " ".join(line.words for line in taken.refused)


def approvals(council: Council) -> dict[date, int]:
    fold_hub(council.hub)
    with as_council(council):
        rows = Cell.objects.filter(council=council, figure="approvals", split="", grain="m")
        return dict(rows.values_list("on", "n"))


def test_one_row_brings_a_case_from_its_visit_to_its_approval(erin: Enquiry, kent: Council, mina: Access) -> None:
    taken = take(kent, mina, f"{erin.reference},M77,Approved,14/10/2026,,3/6/2026,10/6/2026")
    case = fresh(erin)
    assert (case.state, case.state_since, case.applied_on) == (State.APPROVED, date(2026, 10, 14), date(2026, 6, 3))
    assert (case.stage_1_from, case.case_number) == (date(2026, 6, 10), "M77")
    assert taken.changed[0].words == (
        "Case number written down; Application received on 3/6/2026; Stage 1 began on 10/6/2026; Approved on 14/10/2026"
    )


def test_a_late_approval_is_counted_in_the_month_in_which_it_was(erin: Enquiry, kent: Council, mina: Access) -> None:
    assert approvals(kent) == {}
    take(kent, mina, f"{erin.reference},,Approved,14/9/2026,,3/6/2026,")
    assert approvals(kent) == {date(2026, 9, 1): 1}
    take(kent, mina, f"{erin.reference},,Approved,31/8/2026,,3/6/2026,")
    assert approvals(kent) == {date(2026, 8, 1): 1}
    assert differences(kent.hub) == []


def test_a_day_put_right_and_a_step_told_at_once_are_both_counted(
    erin: Enquiry, kent: Council, mina: Access, move_clock: Callable[[datetime], None]
) -> None:
    take(kent, mina, f"{erin.reference},,Stage 1,10/6/2026,,3/6/2026,")
    move_clock(datetime(2026, 11, 20, 11, tzinfo=LONDON))
    take(kent, mina, f"{erin.reference},,Approved,14/10/2026,,3/6/2026,8/6/2026")
    fold_hub(kent.hub)
    with as_council(kent):
        told = Journey.objects.get(council=kent)
    assert (told.assessed_on, told.approved_on) == (date(2026, 6, 8), date(2026, 10, 14))
    assert differences(kent.hub) == []


def test_the_same_list_twice_changes_nothing(
    erin: Enquiry, kent: Council, mina: Access, django_assert_num_queries: Any
) -> None:
    rows = (
        f"{erin.reference},,Application,3/6/2026,,,",
        f"{erin.reference},,Panel,1/10/2026,,,",
        f"{erin.reference},,Withdrawn (AW3),14/10/2026,,,",
    )
    assert len(take(kent, mina, *reversed(rows)).changed) == 3
    version = fresh(erin).version
    with django_assert_num_queries(11):  # however many rows stand so already
        again = take(kent, mina, *rows)
    assert (again.changed, again.refused, again.unchanged) == ([], [], 3)
    case = fresh(erin)
    assert (case.version, case.state, case.close_reason) == (version, State.WITHDRAWN, CloseReason.AW3)


def test_a_try_says_what_would_change_and_writes_nothing(erin: Enquiry, kent: Council, mina: Access) -> None:
    rows = (f"{erin.reference},,Application,3/6/2026,,,", f"{erin.reference},,Approved,14/10/2026,,,")
    before = fresh(erin).version
    with as_council(kent):
        events = Event.objects.filter(council=kent).count()
    tried = take(kent, mina, *rows, do=try_out)
    assert [line.words for line in tried.changed] == ["Application received on 3/6/2026", "Approved on 14/10/2026"]
    assert fresh(erin).version == before
    with as_council(kent):
        assert Event.objects.filter(council=kent).count() == events
    assert take(kent, mina, *rows).changed == tried.changed


def test_one_bad_row_holds_up_no_other_and_leaves_nothing_half_done(erin: Enquiry, kent: Council, mina: Access) -> None:
    other = factories.enquiry(kent)
    taken = take(
        kent,
        mina,
        f"{other.reference},M77,Withdrawn,20/11/2026,AW3,,",
        f"{erin.reference},,Approved,14/10/2026,,3/6/2026,",
    )
    assert "is no reason for a case that is “New”" in why(taken)
    assert [line.named for line in taken.changed] == [erin.reference]
    assert fresh(other).case_number == ""


def test_an_officer_cannot_approve_by_a_list_either(erin: Enquiry, kent: Council, cast: Cast) -> None:
    taken = take(kent, access_of(cast.kate), f"{erin.reference},,Approved,14/10/2026,,3/6/2026,")
    assert why(taken) == "Only hub manager or manager may do this."
    assert fresh(erin).state == State.VISITED


def test_who_may_not_say_so_is_refused_whole(erin: Enquiry, kent: Council, hampshire: Council, cast: Cast) -> None:
    sheet = read(listed(f"{erin.reference},,Application,3/6/2026,,,"), today=TODAY)
    for by, council in ((cast.hal, kent), (cast.olu, kent), (cast.rhea, kent)):
        for do in (bring_in, try_out):
            with pytest.raises(RoleRefused):
                do(sheet.rows, council, by=access_of(by))
    theirs = bring_in(sheet.rows, hampshire, by=access_of(cast.hal))
    assert why(theirs) == f"{hampshire.name} has no enquiry with the reference “{erin.reference}” here."
    assert fresh(erin).state == State.VISITED


def test_a_contradiction_is_told_and_not_decided(erin: Enquiry, kent: Council, mina: Access) -> None:
    take(kent, mina, f"{erin.reference},M77,Withdrawn,14/10/2026,AW3,3/6/2026,")
    for row, told in (
        (f"{erin.reference},,Withdrawn,14/10/2026,AW1,,", "with another reason here: AW3"),
        (f"{erin.reference},,Approved,15/10/2026,,,", "cannot become “Approved”"),
        (f"{erin.reference},,Panel,15/10/2026,,,", "since 14/10/2026, and Panel on 15/10/2026 would be after that"),
        (f"{erin.reference},M78,Withdrawn,14/10/2026,AW3,,", "has another case number here"),
        (",M79,Withdrawn,14/10/2026,AW3,,", "has no enquiry with the case number “M79”"),
    ):
        assert told in why(take(kent, mina, row)), row
    assert take(kent, mina, ",M77,Withdrawn,14/10/2026,AW3,,").unchanged == 1


def test_nobody_is_written_to_and_of_the_list_only_counts_are_kept(erin: Enquiry, kent: Council, mina: Access) -> None:
    take(kent, mina, f"{erin.reference},M77,Withdrawn,14/10/2026,AW3,3/6/2026,", ",M9,Panel,1/10/2026,,,")
    with as_council(kent):
        waiting = Message.objects.filter(council=kent, to_staff=False, state__in=OPEN_STATES)
        assert [message.kind for message in waiting.order_by("created_at")] == ["confirmation"]
        (event,) = Event.objects.filter(council=kent, verb="outcomes.brought_in")
    assert event.facts == {"rows": 2, "changed": 1, "unchanged": 0, "refused": 1}


def test_a_step_of_a_list_is_undone_like_any_other(erin: Enquiry, kent: Council, mina: Access) -> None:
    take(kent, mina, f"{erin.reference},,Application,3/6/2026,,,")
    case = actions.undo_step(fresh(erin), by=mina)
    assert (case.state, case.applied_on) == (State.VISITED, None)
    with as_council(kent):
        waiting = Message.objects.filter(council=kent, to_staff=False, state__in=OPEN_STATES)
        assert [message.kind for message in waiting] == ["confirmation"]


def test_rows_that_differ_about_one_enquiry_are_told(erin: Enquiry, kent: Council, mina: Access) -> None:
    taken = take(kent, mina, f"{erin.reference},,Approved,14/10/2026,,,", f"{erin.reference},,Approved,15/10/2026,,,")
    assert why(taken) == "Row 2 of this list says of the same enquiry: Approved on 14/10/2026."
    assert fresh(erin).state_since == date(2026, 10, 14)


URL = "/staff/dashboards/cell/council/{}/outcomes/"


def test_it_is_tried_on_the_page_and_then_brought_in(erin: Enquiry, kent: Council, cast: Cast, as_user: AsUser) -> None:
    client, address = as_user(cast.mina), URL.format(kent.slug)
    assert client.get(address).status_code == 200
    rows = listed(f"{erin.reference},,Approved,14/10/2026,,3/6/2026,", "=cmd|'x'!A1,,Panel,<b>,,,").decode()
    page = client.post(address, {"rows": rows})
    shown = page.content.decode()
    assert "Approved on 14/10/2026" in shown
    assert "&lt;b&gt;" in shown
    assert "<b>" not in shown
    assert fresh(erin).state == State.VISITED
    tried = shown.split('name="tried" value="')[1].split('"')[0]
    assert as_user(cast.kate).post(address, {"tried": tried}).status_code == 409  # another's try
    assert client.post(address, {"tried": tried + "x"}).status_code == 409
    assert client.post(address, {"tried": tried}).status_code == 302
    assert fresh(erin).state == State.APPROVED


def test_a_long_list_comes_in_by_parts(erin: Enquiry, kent: Council, mina: Access) -> None:
    other = factories.enquiry(kent)
    rows = (f"{erin.reference},,Application,3/6/2026,,,", f"{other.reference},,Application,20/11/2026,,,")
    sheet = read(listed(*rows), today=TODAY)
    for left, states in ((1, {State.NEW, State.VISITED, State.APPLIED}), (0, {State.APPLIED})):
        taken = bring_in(sheet.rows, kent, most=1, by=mina)
        assert (len(taken.changed), taken.left, taken.unchanged) == (1, left, 1 - left)
        assert {fresh(erin).state, fresh(other).state} <= states
    assert bring_in(sheet.rows, kent, most=1, by=mina).unchanged == 2


def test_a_list_that_is_none_is_refused_in_words(kent: Council, cast: Cast, as_user: AsUser) -> None:
    client, address = as_user(cast.kate), URL.format(kent.slug)
    many = "\n".join(["Reference,Outcome,Date", *["KEN-1,Panel,1/10/2026"] * 501])
    for rows, told in (
        ("", "Paste the rows first."),
        ("x" * 150_001, "These are too many rows."),
        ("hello", "The first row must be the headings"),
        ("Reference,Outcome\nKEN-1,Panel", "There is no column “Date”"),
        ("Name,Outcome,Date\nErin,Panel,1/10/2026", "none “Case number”"),
        (many, "500 is the most at once"),
    ):
        answer = client.post(address, {"rows": rows})
        assert (answer.status_code, told in answer.content.decode()) == (422, True), rows[:40]


def test_who_manages_all_councils_brings_a_list_into_one(
    erin: Enquiry, kent: Council, hampshire: Council, office: Council, as_user: AsUser
) -> None:
    """Both are in scope: the row is looked for in the council of the page alone, and what was tried there is good there
    alone."""
    client = as_user(factories.user("Maya", office, Role.HUB_MANAGER))
    rows = listed(f"{erin.reference},,Approved,14/10/2026,,3/6/2026,").decode()
    shown = client.post(URL.format(hampshire.slug), {"rows": rows}).content.decode()
    assert f"{hampshire.name} has no enquiry with the reference" in shown
    tried = client.post(URL.format(kent.slug), {"rows": rows}).content.decode().split('name="tried" value="')[1]
    assert client.post(URL.format(hampshire.slug), {"tried": tried.split('"')[0]}).status_code == 409
    assert fresh(erin).state == State.VISITED


def test_another_councils_page_and_none_answer_alike(hampshire: Council, cast: Cast, as_user: AsUser) -> None:
    for page in (URL, "/staff/dashboards/cell/council/{}/confirm/"):
        client = as_user(cast.kate)
        theirs, none = (client.get(page.format(slug)) for slug in (hampshire.slug, "nowhere"))
        assert theirs.status_code == none.status_code == 404
        assert as_user(cast.olu).get(page.format(hampshire.slug)).status_code == 403


def test_a_file_comes_in_by_the_command(erin: Enquiry, kent: Council, cast: Cast, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "outcomes.csv"
    path.write_bytes(listed(f"{erin.reference},,Approved,14/10/2026,,3/6/2026,", "KEN-1,,Panel,x,,,"))
    call_command("import_outcomes", "kent", str(path), by=cast.mina.email)
    said = capsys.readouterr().out
    assert "Row 3: Date “x” is no day" in said
    assert "nothing was written" in said
    assert fresh(erin).state == State.VISITED
    call_command("import_outcomes", "kent", str(path), by=cast.mina.email, apply=True)
    assert fresh(erin).state == State.APPROVED
    with pytest.raises(CommandError, match="may say how applications stand"):
        call_command("import_outcomes", "kent", str(path), by=cast.hal.email)
    call_command("import_outcomes", template=tmp_path / "example.csv")
    example = read((tmp_path / "example.csv").read_bytes(), today=TODAY)
    assert (len(example.rows), example.problems, example.unused) == (1, [], [])
