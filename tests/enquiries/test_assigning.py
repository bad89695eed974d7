"""Giving a case to a colleague, or back: who may, to whom, and what goes along."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from councils.access import access_of
from councils.clock import hub_now
from councils.models import Absence, Council, Event, Membership, ToDo, User
from councils.models.todos import ToDoKind
from councils.refusals import Refused, RoleRefused
from councils.roles import Role
from councils.tenancy import OutOfScope, as_council
from councils.working_time import LONDON
from enquiries import actions
from enquiries.actions.todos import open_todo
from enquiries.models import Enquiry
from enquiries.states import CloseReason, Step
from enquiries.tasks import escalate
from enquiries.workflow import StepRefused
from tests import factories
from tests.conftest import Cast
from tests.in_order import as_written

AsUser = Callable[[User], Client]
Move = Callable[[datetime], None]
TUE = 1


def london(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


@pytest.fixture
def ken(kent: Council) -> User:
    """Kate's colleague."""
    return factories.user("Ken", kent, Role.OFFICER)


@pytest.fixture
def case(kent: Council, cast: Cast, move_clock: Move) -> Enquiry:
    """Nobody's, sent on Monday and promised for 5pm on Tuesday 24 November."""
    move_clock(london(23, 10))
    return factories.enquiry(kent)


def fresh(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.select_related("owner").get(pk=case.pk)


def given(case: Enquiry) -> list[dict[str, Any]]:
    with as_council(case.council_id):
        return list(
            as_written(Event.objects.filter(verb="enquiry.assigned", subject_id=case.pk)).values_list(
                "facts", flat=True
            )
        )


def away(user: User, first: int, last: int) -> None:
    days = {"first_day": date(2026, 11, first), "last_day": date(2026, 11, last)}
    Absence.objects.create(user=user, written_by=user, **days)


def send(client: Client, case: Enquiry, **sent: Any) -> Any:
    return client.post(reverse("admin:enquiries_enquiry_assign", args=[case.pk]), sent, follow=True)


def page(client: Client, case: Enquiry) -> str:
    return client.get(reverse("admin:enquiries_enquiry_change", args=[case.pk])).content.decode()


# Who may give it, and to whom.


@pytest.mark.parametrize("giver", ["mina", "olu"])
def test_a_manager_and_a_hub_officer_give_a_case_to_an_officer(case: Enquiry, cast: Cast, giver: str) -> None:
    by = access_of(getattr(cast, giver))
    after = actions.assign(case, to=cast.kate, by=by)
    assert (after.owner, fresh(case).owner) == (cast.kate, cast.kate)
    assert fresh(case).claimed_at == hub_now()
    assert given(case) == [{"to": cast.kate.pk, "before": None}]


def test_a_manager_gives_a_colleagues_case_to_another_and_back_to_nobody(case: Enquiry, cast: Cast, ken: User) -> None:
    actions.claim(case, by=access_of(cast.kate))
    actions.assign(case, to=ken, by=access_of(cast.mina))
    assert fresh(case).owner == ken
    actions.assign(case, to=None, by=access_of(cast.mina))
    assert (fresh(case).owner, fresh(case).claimed_at) == (None, None)
    assert {"to": None, "before": ken.pk} in given(case)  # of one moment: they have no order


@pytest.mark.parametrize("to_nobody", [True, False])
def test_an_officer_gives_away_their_own_case(case: Enquiry, cast: Cast, ken: User, to_nobody: bool) -> None:
    actions.claim(case, by=access_of(cast.kate))
    actions.assign(case, to=None if to_nobody else ken, by=access_of(cast.kate))
    assert fresh(case).owner == (None if to_nobody else ken)


def test_an_officer_gives_away_no_case_that_is_not_theirs(case: Enquiry, cast: Cast, ken: User) -> None:
    with pytest.raises(RoleRefused, match="Take this case yourself first"):
        actions.assign(case, to=ken, by=access_of(cast.kate))
    actions.claim(case, by=access_of(ken))
    for to in (cast.kate, None):
        with pytest.raises(RoleRefused, match="This case is Ken’s"):
            actions.assign(case, to=to, by=access_of(cast.kate))
    assert fresh(case).owner == ken
    assert given(case) == []


def test_an_officer_takes_what_is_nobodys(case: Enquiry, cast: Cast) -> None:
    assert actions.assign(case, to=cast.kate, by=access_of(cast.kate)).owner == cast.kate


def test_nobody_gets_a_case_of_a_council_where_they_do_not_work(case: Enquiry, cast: Cast, kent: Council) -> None:
    lead_of_safety = factories.user("Sam", kent, Role.SAFEGUARDING)
    for to in (cast.hal, cast.rhea, lead_of_safety):
        with pytest.raises(Refused, match=f"{to.name} does not work on this council’s cases."):
            actions.assign(case, to=to, by=access_of(cast.mina))
    assert fresh(case).owner is None


@pytest.mark.parametrize("how", ["deactivated", "membership ended"])
def test_nobody_gets_a_case_after_leaving(case: Enquiry, cast: Cast, how: str) -> None:
    if how == "deactivated":
        User.objects.filter(pk=cast.kate.pk).update(is_active=False)
    else:
        Membership.objects.filter(user=cast.kate).update(ended_at=hub_now())
    with pytest.raises(Refused, match="does not work"):
        actions.assign(case, to=User.objects.get(pk=cast.kate.pk), by=access_of(cast.mina))


def test_another_councils_manager_gives_nothing(case: Enquiry, cast: Cast, hampshire: Council) -> None:
    manager = factories.user("Hans", hampshire, Role.MANAGER)
    with pytest.raises(RoleRefused):
        actions.assign(case, to=cast.hal, by=access_of(manager))
    with as_council(hampshire), pytest.raises(OutOfScope):
        actions.assign(case, to=cast.kate, by=access_of(cast.mina))
    assert fresh(case).owner is None


def test_a_closed_case_cannot_be_assigned(case: Enquiry, cast: Cast) -> None:
    actions.take_step(case, Step.WITHDRAW, reason=CloseReason.OTHER, by=access_of(cast.mina))
    with pytest.raises(StepRefused, match="closed"):
        actions.assign(case, to=cast.kate, by=access_of(cast.mina))


def test_giving_twice_is_written_down_once(case: Enquiry, cast: Cast) -> None:
    for _ in range(2):
        after = actions.assign(case, to=cast.kate, by=access_of(cast.mina))
    assert len(given(case)) == 1
    assert after.version == fresh(case).version


# What goes along.


def test_the_owners_to_dos_go_along_and_a_colleagues_own_stays(
    kent: Council, case: Enquiry, cast: Cast, ken: User
) -> None:
    actions.claim(case, by=access_of(cast.kate))
    with as_council(kent):
        mine = fresh(case)
        for kind in (ToDoKind.REPLIED, ToDoKind.CALL, ToDoKind.WAKE_UP):
            open_todo(mine, kent, kind)
        ToDo.objects.filter(kind=ToDoKind.CALL).update(owner=cast.mina)
        ToDo.objects.filter(kind=ToDoKind.WAKE_UP).update(owner=None)
    actions.assign(case, to=ken, by=access_of(cast.mina))
    with as_council(kent):
        assert dict(ToDo.objects.values_list("kind", "owner")) == {
            ToDoKind.REPLIED: ken.pk,
            ToDoKind.CALL: cast.mina.pk,
            ToDoKind.WAKE_UP: ken.pk,
        }


def test_a_done_to_do_keeps_its_owner(kent: Council, case: Enquiry, cast: Cast, ken: User) -> None:
    actions.claim(case, by=access_of(cast.kate))
    with as_council(kent):
        open_todo(fresh(case), kent, ToDoKind.REPLIED)
        ToDo.objects.update(done_at=hub_now())
    actions.assign(case, to=ken, by=access_of(cast.mina))
    with as_council(kent):
        assert ToDo.objects.get().owner == cast.kate


def test_whoever_gets_what_came_back_ends_the_to_do_about_it(
    kent: Council, case: Enquiry, cast: Cast, move_clock: Move
) -> None:
    actions.claim(case, by=access_of(cast.kate))
    move_clock(london(23, 11))
    away(cast.kate, 23, 24)
    escalate()
    actions.assign(case, to=cast.mina, by=access_of(cast.mina))
    with as_council(kent):
        assert ToDo.objects.get(kind=ToDoKind.OWNER_AWAY).done_at is not None


# Who is not there in time: said, and allowed.


def test_a_case_given_to_somebody_away_stays_with_them(kent: Council, case: Enquiry, cast: Cast) -> None:
    away(cast.kate, 23, 25)
    actions.assign(case, to=cast.kate, by=access_of(cast.mina))
    escalate()
    assert fresh(case).owner == cast.kate


def test_the_list_says_who_is_not_there(case: Enquiry, cast: Cast, ken: User, as_user: AsUser) -> None:
    away(cast.kate, 23, 25)
    User.objects.filter(pk=ken.pk).update(working_days=[TUE])
    shown = page(as_user(cast.mina), case)
    assert "Kate (away until 25 November, in again on Thursday 26 November, after it is due)" in shown
    assert "Ken (not in today, in again on Tuesday 24 November)" in shown
    assert ">Mina<" in shown
    assert ">Olu<" in shown
    assert "Hal" not in shown


def test_whoever_gives_it_to_somebody_away_is_told(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    away(cast.kate, 23, 25)
    answer = send(as_user(cast.mina), case, to=cast.kate.pk, owner="nobody").content.decode()
    assert "Kate is away until 25 November" in answer
    assert "Kate has this case now." in answer
    assert fresh(case).owner == cast.kate


# On the page.


def test_the_page_offers_it_to_whoever_may(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    offer = "Give this case to somebody"
    assert offer in page(as_user(cast.mina), case)
    assert offer not in page(as_user(cast.kate), case)  # not hers: “I take it” is there
    actions.claim(case, by=access_of(cast.kate))
    assert offer in page(as_user(cast.kate), case)
    actions.take_step(case, Step.WITHDRAW, reason=CloseReason.OTHER, by=access_of(cast.kate))
    assert offer not in page(as_user(cast.mina), case)


def test_a_case_is_given_and_given_back_on_its_page(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    mina = as_user(cast.mina)
    assert "Kate has this case now." in send(mina, case, to=cast.kate.pk).content.decode()
    told = send(mina, case, to="nobody").content.decode()
    assert "Given back: nobody has this case now." in told
    assert fresh(case).owner is None
    assert "Gave the case to Kate" in told
    assert "Gave Kate’s case back" not in told
    assert "Gave the case back: nobody has it" in told


def test_the_button_that_gives_it_back_counts_more_than_the_list(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    actions.claim(case, by=access_of(cast.kate))
    send(as_user(cast.kate), case, to=[cast.mina.pk, "nobody"])  # in the order in which they stand on the page
    assert fresh(case).owner is None


def test_a_case_that_somebody_took_meanwhile_is_not_given_away(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    actions.claim(case, by=access_of(cast.kate))
    answer = send(as_user(cast.mina), case, to=cast.olu.pk, owner="nobody")
    assert answer.status_code == 409
    assert "Kate has this case now: it changed since you opened the page." in answer.content.decode()
    assert fresh(case).owner == cast.kate
    assert send(as_user(cast.mina), case, to=cast.olu.pk, owner=cast.kate.pk).status_code == 200
    assert fresh(case).owner == cast.olu


@pytest.mark.parametrize("who", ["another council's", "unknown", "nothing"])
def test_only_who_is_on_the_list_can_be_chosen(case: Enquiry, cast: Cast, as_user: AsUser, who: str) -> None:
    to = {"another council's": str(cast.hal.pk), "unknown": "1900000000", "nothing": ""}[who]
    answer = send(as_user(cast.mina), case, to=to)
    assert answer.status_code == 409
    assert "Choose a colleague from the list." in answer.content.decode()


def test_another_councils_case_is_not_there(case: Enquiry, cast: Cast, as_user: AsUser) -> None:
    assert send(as_user(cast.hal), case, to="nobody").status_code == 404


def test_a_refused_gift_is_written_down(kent: Council, case: Enquiry, cast: Cast, ken: User, as_user: AsUser) -> None:
    actions.claim(case, by=access_of(ken))
    assert send(as_user(cast.kate), case, to="nobody").status_code == 409
    with as_council(kent):
        assert Event.objects.get(verb="enquiry.refused").facts == {"tried": "assign", "acts": True}


def test_the_timeline_says_who_gave_whose_case_to_whom(
    kent: Council, case: Enquiry, cast: Cast, ken: User, as_user: AsUser
) -> None:
    mina = access_of(cast.mina)
    for to in (cast.kate, ken, cast.mina, None, cast.mina):
        actions.assign(case, to=to, by=mina)
    told = page(as_user(cast.mina), case)
    words = ["Gave the case to Kate", "Gave Kate’s case to Ken", "Took over Ken’s case", "Took the case"]
    assert [each for each in words if each not in told] == []
