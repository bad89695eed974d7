"""What else happens to enquiries that figures follow: days told late and put right, sources, wishes, conversations,
lists brought in, households joined; and a folder that comes by at any moment."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from ambassadors.actions import answering, feedback
from ambassadors.actions.introducing import introduce
from ambassadors.introduction_states import StoppedBy
from ambassadors.models import Introduction
from ambassadors.pairs import where_of_introduction
from ambassadors.states import TalkBy
from councils.access import access_of
from councils.models import Council
from councils.tenancy import as_council
from councils.working_time import in_london
from dashboards.actions.folding import fold_batch, fold_hub
from enquiries import actions
from enquiries.actions import wishing
from enquiries.actions.homes import join_households
from enquiries.actions.importing import bring_in, undo_import
from enquiries.answers import Wished
from enquiries.came import Came
from enquiries.came_states import Source
from enquiries.imports.rows import Wanted
from enquiries.models import ContactAttempt, HouseholdProposal, Import
from enquiries.states import APPLICATION_STATES, Channel, CloseReason, Kind, State, Step, TalkAbout, Way
from tests import factories
from tests.life.desk import Desk, Sending, allowed_to_refuse

STEPS = [
    *(Step.REACH, Step.BOOK_VISIT, Step.VISIT, Step.APPLY, Step.ASSESS, Step.GO_TO_PANEL, Step.AWAIT_DECISION),
    *(Step.APPROVE, Step.NOT_APPROVE, Step.WITHDRAW, Step.POSTPONE, Step.DECLINE, Step.GIVE_UP, Step.REOPEN),
]
KINDS = st.sampled_from([Kind.NEW, Kind.NEW, Kind.SHORT_BREAKS, Kind.TRANSFER, Kind.SUPPORTED_LODGINGS])
SOURCES = st.sampled_from([Came(), Came(source=Source.SEARCH), Came(source=Source.PRINT, code="kfw26")])
TOPICS = st.lists(st.sampled_from(TalkAbout), max_size=2, unique=True)
STATES = st.sampled_from([State.NEW, State.IN_CONTACT, State.VISITED, State.APPLIED, State.PANEL])

_NOTHING = ("due_by", "contacted_on", "next_on", "visit_on", "visit_at", "applied_on")
_WORDS = ("phone", "owner", "second_adult", "fosters_with", "case_number", "notes", "postcode")


class Dated(Desk):
    office: Council

    def __init__(self) -> None:
        super().__init__()
        self.lists: list[Import] = []
        self.talks: list[Introduction] = []

    @invariant()
    def no_two_things_happen_at_one_moment(self) -> None:
        self.set_clock(self.now + timedelta(minutes=7))

    @rule(days=st.integers(1, 12))
    def days_pass(self, days: int) -> None:
        self.let_pass(minutes=days * 24 * 60)

    @rule(size=st.integers(1, 4))
    def fold_a_few(self, size: int) -> None:
        fold_batch(self.kent.hub, size=size)

    @rule()
    def fold_everything(self) -> None:
        fold_hub(self.kent.hub)

    @rule(target=Desk.sendings, kind=KINDS, came=SOURCES, again=st.booleans())
    def come(self, kind: Kind, came: Came, again: bool) -> Sending:
        """`again`: of a household that the hub knows, to the other council."""
        number = len(self.sent)
        email = f"erin{0 if again else number}@example.org"
        answers = factories.answers(self.hampshire if again else self.kent, email=email, kind=kind)
        known = {place.case for place in self.places.values()}
        receipt = actions.submit(answers, token=f"token-{number}", channel=Channel.WEB, came=came)
        return self.remember(answers, f"token-{number}", receipt, joined=receipt.enquiry_id in known)

    @rule(sending=Desk.sendings, step=st.sampled_from(STEPS), days=st.integers(0, 9))
    def step_some_days_ago(self, sending: Sending, step: Step, days: int) -> None:
        case, today = self.case(sending), in_london(self.now).date()
        told: dict[str, Any] = {"on": today - timedelta(days=days)}
        if step == Step.WITHDRAW:
            told["reason"] = CloseReason.AW3 if case.state in APPLICATION_STATES else CloseReason.HEALTH
        if step in (Step.POSTPONE, Step.DECLINE):
            told["reason"] = CloseReason.WORK_OR_MONEY
        if step == Step.POSTPONE:
            told["wake_on"] = today + timedelta(days=90)
        if step == Step.BOOK_VISIT:
            told["visit_at"] = self.now + timedelta(days=3)
        with allowed_to_refuse():
            actions.take_step(case, step, by=self.staff[case.council_id].manager, **told)

    @rule(sending=Desk.sendings)
    def undo(self, sending: Sending) -> None:
        with allowed_to_refuse():
            actions.undo_step(self.case(sending), by=self.staff[self.places[sending.number].council.pk].manager)

    @rule(sending=Desk.sendings, days=st.integers(0, 9))
    def put_the_day_right(self, sending: Sending, days: int) -> None:
        with allowed_to_refuse():
            on = in_london(self.now).date() - timedelta(days=days)
            actions.correct_day(self.case(sending), on=on, by=self.by(sending))

    @rule(sending=Desk.sendings)
    def take_an_attempt_back(self, sending: Sending) -> None:
        case = self.case(sending)
        with as_council(case.council_id):
            found = ContactAttempt.objects.filter(enquiry=case).order_by("at", "pk").last()
        if found:
            with allowed_to_refuse():
                actions.withdraw_attempt(case, found.pk, by=self.staff[case.council_id].manager)

    @rule(sending=Desk.sendings, about=TOPICS, back=st.sampled_from([False, False, True]))
    def wish(self, sending: Sending, about: list[TalkAbout], back: bool) -> None:
        with allowed_to_refuse():
            if back:
                wishing.take_wish_back(self.case(sending), by=None)
            else:
                wishing.wish(self.case(sending), Wished(about=tuple(about)), by=None)

    @rule(sending=Desk.sendings, across=st.booleans(), goes=st.integers(0, 3))
    def introduce(self, sending: Sending, across: bool, goes: int) -> None:
        """As far as it goes: asked, accepted, agreed, spoken."""
        case, here = self.case(sending), self.places[sending.number].council
        anna, by = factories.ambassador(self.other(sending) if across else here), factories.coordinator(here)
        with allowed_to_refuse():
            wishing.wish(case, Wished(), by=None)
            row = introduce(
                case, ambassador_key=anna.pk, ambassador_council=anna.council_id, checked=True, by=access_of(by)
            )
            if across and goes:
                return  # their coordinator is asked first
            where = where_of_introduction(row)
            if goes > 0:
                answering.accept(where)
            if goes > 1:
                answering.agree(where, way=TalkBy.EMAIL)
                self.talks.append(row)
            if goes > 2:
                feedback.say_spoke(where, side=StoppedBy.ENQUIRER, spoke=True)

    @rule(which=st.integers(0, 3))
    def they_spoke(self, which: int) -> None:
        if self.talks:
            where = where_of_introduction(self.talks[which % len(self.talks)])
            with allowed_to_refuse():
                feedback.say_spoke(where, side=StoppedBy.ENQUIRER, spoke=True)

    @rule(states=st.lists(STATES, min_size=1, max_size=2))
    def bring_a_list_in(self, states: list[State]) -> None:
        by = self.staff[self.kent.pk].manager
        rows = [self._row(number, state) for number, state in enumerate(states, start=2)]
        self.lists.append(bring_in(rows, self.kent, digest=f"list {len(self.lists)}", by=by))

    @rule()
    def undo_a_list(self) -> None:
        if self.lists:
            with allowed_to_refuse():
                undo_import(self.lists.pop(), by=self.staff[self.kent.pk].manager)

    @rule(one=Desk.sendings, other=Desk.sendings)
    def join_homes(self, one: Sending, other: Sending) -> None:
        pair: set[UUID] = {self.case(one).household_id, self.case(other).household_id}
        if len(pair) == 2:
            first, second = sorted(pair, key=str)
            with as_council(self.office):
                row, _ = HouseholdProposal.objects.get_or_create(
                    council=self.office, household_a=first, household_b=second
                )
            with allowed_to_refuse():
                join_households(row, by=self.hub_manager)

    def _row(self, number: int, state: State) -> Wanted:
        came = in_london(self.now).date() - timedelta(days=20)
        nothing: dict[str, Any] = dict.fromkeys(_NOTHING)
        words: dict[str, Any] = dict.fromkeys(_WORDS, "")
        since = None if state == State.NEW else came + timedelta(days=6)
        return Wanted(
            row=number,
            name="Petra Listed",
            email=f"listed{len(self.lists)}-{number}@example.org",
            came_on=came,
            state=state,
            since=since,
            kind=Kind.NEW,
            way=Way.EMAIL,
            ask_again_on=None,
            **nothing,
            **words,
        )
