"""One row while it runs: people enquire, something breaks, everything comes back, and the verdict is taken."""

import os
import signal
from dataclasses import dataclass, field, replace
from itertools import count, islice

from django.db import connection

from lafse.verification import verify
from tests.faults.campaign import Outgoing, goes_out
from tests.faults.hub import OURS, Hub
from tests.faults.mail import Record
from tests.faults.sink import Mode
from tests.faults.verdict import Verdict, cases, judge, messages
from tests.faults.visitors import Crowd
from tests.faults.waiting import TookTooLong, until

PEOPLE, FEW = 10, 5
NUMBERS = count()  # each address once in the whole run
QUIET_WITHIN = 60.0


@dataclass
class Trial:
    hub: Hub
    allowed: int = 0  # surplus copies
    rows_expected: int | None = None
    faults: list[str] = field(default_factory=list)
    mailings: list[Outgoing] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._before = {case.id for case in cases(self.hub.truth)}
        self._recorded = self.hub.mail.position()
        self.crowd = Crowd(self.hub.port)

    # --- people

    def people_come(self, number: int = PEOPLE) -> None:
        self.crowd.comes(islice(NUMBERS, number))

    def are_answered(self, number: int) -> None:
        """So many references stand on somebody's page."""
        until(lambda: len(self.crowd.references) >= number, within=60, what=f"{number} people were answered")

    def mails_many(self) -> Outgoing:
        self.mailings.append(goes_out(self.hub.truth))
        return self.mailings[-1]

    # --- faults

    def kill(self, *names: str) -> None:
        """Whatever was on its way may arrive twice, where who sends it or who writes it down is killed."""
        self.hub.kill(*names)
        if {*names} & {"worker", "sweeper", "postgres"}:
            self._notes_who_died()

    def kill_everything(self) -> None:
        """Also the servers. What was on its way is counted before anybody can take it back."""
        with self.hub.held_down(*OURS):
            self.hub.kill(*OURS, *self.hub.servers)
            self._notes_who_died()

    def kill_backend_of(self, name: str) -> None:
        """One PostgreSQL process that serves `name`; PostgreSQL then ends all of them and recovers."""
        serving = self.hub.truth.backends_of
        until(lambda: bool(serving(name)), within=10, what=f"a backend serves {name}", tick=0.01)
        os.kill(serving(name)[0], signal.SIGKILL)
        self._notes_who_died()

    def _notes_who_died(self) -> None:
        self.allowed += self.hub.truth.in_flight()
        for outgoing in self.mailings:
            outgoing.notes_who_died()

    def fires(self, place: str, by: signal.Signals = signal.SIGKILL) -> None:
        self.hub.arm(place, by)
        self.people_come(FEW)
        until(lambda: self.hub.has_fired(place), within=30, what=f"a sender reached {place}")

    def stopped_one(self) -> int:
        until(lambda: bool(self.hub.stopped()), within=10, what="a sender stands still")
        return self.hub.stopped()[0]

    def misbehaves(self, mode: Mode, times: int) -> None:
        """Until it has done so this often; then it is well again."""
        self.hub.mail.behave(mode)
        self.people_come()
        until(lambda: self.misbehaved(mode) >= times, within=40, what=f"the mail server: {mode}")
        self.hub.mail.behave(Mode.ACCEPT)

    def misbehaved(self, mode: Mode) -> int:
        return self.hub.mail.since(self._recorded).bad[mode]

    def copies(self) -> int:
        return self.record().copies.total()

    def record(self) -> Record:
        return self.hub.mail.since(self._recorded)

    # --- the end

    def verdict(self) -> Verdict:
        self.hub.mail.behave(Mode.ACCEPT)
        self.faults += self.crowd.has_gone()
        self.quiet()
        self._mailings_are_through()
        new = [case for case in cases(self.hub.truth) if case.id not in self._before]
        if self.rows_expected not in (None, len(new)):
            self.faults.append(f"{len(new)} rows, {self.rows_expected} expected")
        record = self.record()
        self.faults += [fault for outgoing in self.mailings for fault in outgoing.faults(record)]
        stored = messages(self.hub.truth)
        judged = judge(new, references=self.crowd.references, record=record, stored=stored, allowed=self.allowed)
        told = "; ".join(outgoing.told() for outgoing in self.mailings)
        return replace(judged, faults=(*self.faults, *judged.faults, *_unverified()), told=told)

    def quiet(self) -> None:
        try:
            until(lambda: not self.hub.truth.waiting(), within=QUIET_WITHIN, what="nothing waits to be sent", tick=0.2)
        except TookTooLong as late:
            self.faults.append(str(late))

    def _mailings_are_through(self) -> None:
        try:
            until(
                lambda: not any(outgoing.to_come() for outgoing in self.mailings),
                within=QUIET_WITHIN,
                what="an email to many is through",
            )
        except TookTooLong as late:
            self.faults.append(str(late))


def _unverified() -> list[str]:
    connection.close()  # PostgreSQL may have died since
    return [f"verify: {each.title}: {', '.join(each.offending[:3])}" for each in verify() if not each.holds]
