"""The table: what is broken, how, and what may come of it."""

import os
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import redis

from outbox import failpoints
from tests.faults import campaign_rows
from tests.faults.bugs import SEND_BEFORE_COMMIT, SETTLE_WITHOUT_TOKEN
from tests.faults.disk import DiskNotSmall, small_disk
from tests.faults.sink import Mode
from tests.faults.trial import FEW, NUMBERS, Trial
from tests.faults.visitors import Visitor
from tests.faults.waiting import until

Fault = Callable[[Trial], None]
IDENTICAL = 200
RESTARTS = 20


class NotRun(Exception):
    """With the reason."""


@dataclass(frozen=True)
class Row:
    """`bug`: made on purpose in the processes `bugged`; the row is well when its verdict is not."""

    name: str
    fault: Fault
    short: bool = True
    bug: str = ""
    bugged: tuple[str, ...] = ()

    def is_wanted(self, names: Sequence[str], *, short: bool) -> bool:
        named = not names or any(name.lower() in self.name.lower() for name in names)
        return named and (self.short or not short)


def nothing(trial: Trial) -> None:
    trial.people_come(20)


def mails_are_on_their_way(trial: Trial) -> None:
    trial.hub.mail.behave(Mode.SLOW)
    trial.people_come()
    until(lambda: trial.copies() > 0, within=30, what="the first mail is kept", tick=0.01)


def killed(*names: str) -> Fault:
    def fault(trial: Trial) -> None:
        mails_are_on_their_way(trial)
        trial.kill(*names)
        trial.hub.mail.behave(Mode.ACCEPT)
        trial.people_come(FEW)

    return fault


def backend_killed(trial: Trial) -> None:
    mails_are_on_their_way(trial)
    trial.kill_backend_of("worker")
    trial.hub.mail.behave(Mode.ACCEPT)
    trial.people_come(FEW)


def everything_killed(trial: Trial) -> None:
    mails_are_on_their_way(trial)
    trial.kill_everything()
    trial.hub.mail.behave(Mode.ACCEPT)
    trial.people_come(FEW)


def valkey_emptied(trial: Trial) -> None:
    client = redis.Redis.from_url(trial.hub.environment("harness")["REDIS_URL"])
    for _ in range(5):
        trial.people_come(3)
        time.sleep(0.2)
        client.flushall()
    client.close()


def valkey_restarted(trial: Trial) -> None:
    trial.people_come(20)
    for _ in range(RESTARTS):
        trial.hub.kill_and_wait("valkey")


def killed_at(place: str) -> Fault:
    """From the dot to the commit a mail may have arrived of which nobody knows: one."""

    def fault(trial: Trial) -> None:
        trial.fires(place)
        trial.allowed += place in (failpoints.AFTER_DOT, failpoints.BEFORE_SETTLE)

    return fault


def stopped_past_the_lease(trial: Trial) -> None:
    """It has the 250 and stands still; somebody else sends it again; it comes back and finds the token gone."""
    trial.fires(failpoints.BEFORE_SETTLE, signal.SIGSTOP)
    trial.allowed += 1
    stopped, message, token = who_stands_still(trial)
    until(lambda: trial.hub.truth.is_taken_over(message, token), within=30, what="its message is taken over")
    time.sleep(1)
    os.kill(stopped, signal.SIGCONT)


def stopped_with_a_refusal(trial: Trial) -> None:
    """It was refused and stands still. Somebody else is in the middle of sending when it comes back: what it has to
    say is of no interest any more. Nothing of it was on its way, so nothing may arrive twice."""
    trial.hub.mail.behave(Mode.LATER)
    trial.fires(failpoints.BEFORE_SETTLE, signal.SIGSTOP)
    trial.hub.mail.behave(Mode.SLOW)
    stopped, message, token = who_stands_still(trial)
    taken = trial.hub.truth.is_sent_by_another
    until(lambda: taken(message, token), within=30, what="somebody else sends it", tick=0.0)
    os.kill(stopped, signal.SIGCONT)
    time.sleep(0.5)  # it has had its say


def who_stands_still(trial: Trial) -> tuple[int, str, int]:
    """The process, and its message with the token."""
    stopped = trial.stopped_one()
    time.sleep(1)  # the others have put down what they were sending
    held = trial.hub.truth.longest_on_its_way()
    assert held
    return stopped, *held


def mail_server(mode: Mode, *, times: int = 3, keeps: bool = False) -> Fault:
    """`keeps`: it has the mail that it does not confirm, so each time may be a surplus copy."""

    def fault(trial: Trial) -> None:
        trial.misbehaves(mode, times)
        trial.crowd.waits()
        trial.allowed += trial.misbehaved(mode) if keeps else 0

    return fault


def disk_full(trial: Trial) -> None:
    deaths = trial.hub.truth.deaths()
    try:
        with small_disk(trial.hub) as disk:
            trial.people_come(2)
            trial.crowd.waits()
            disk.fill()
            trial.people_come(12)
            until(lambda: trial.crowd.in_trouble() > 0, within=20, what="the disk is full for PostgreSQL")
            time.sleep(3)
            disk.empty()
            trial.crowd.waits()
            trial.hub.mail.behave(Mode.ACCEPT)
    except DiskNotSmall as reason:
        raise NotRun(str(reason)) from reason
    trial.quiet()
    trial.allowed += trial.hub.truth.deaths() - deaths  # sends whose end could not be written down


def sent_200_times(trial: Trial) -> None:
    """One form, at once."""
    visitor = Visitor(trial.hub.port, next(number for number in NUMBERS if number % 5 == 0))
    visitor.fills_in()
    same = [replace(visitor, cookies=dict(visitor.cookies)) for _ in range(IDENTICAL)]
    with ThreadPoolExecutor(50) as crowd:
        trial.crowd.references += crowd.map(Visitor.sends, same)
    trial.rows_expected = 1


def two_beats(trial: Trial) -> None:
    trial.hub.also_runs("beat-2")
    trial.people_come()
    time.sleep(6)  # both have spoken
    trial.people_come(FEW)
    trial.crowd.waits()
    trial.hub.no_longer_runs("beat-2")


def web_killed_while_mails_leave(trial: Trial) -> None:
    """Web sends nothing, so nothing can leave that is not stored."""
    trial.hub.mail.behave(Mode.SLOW)
    trial.people_come()
    for copies in (1, 4):
        until(lambda copies=copies: trial.copies() >= copies, within=30, what="mails are kept", tick=0.01)  # type: ignore[misc]  # mypy cannot infer a lambda's default
        trial.kill("web")
    trial.hub.mail.behave(Mode.ACCEPT)


# The places that differ most; the long table has them all.
TELLING = {failpoints.AFTER_CLAIM, failpoints.AFTER_START, failpoints.AFTER_DOT, failpoints.BEFORE_SETTLE}
ROWS: tuple[Row, ...] = (
    Row("nothing", nothing, short=False),
    Row("web killed", killed("web")),
    Row("worker killed", killed("worker")),
    Row("beat killed", killed("beat"), short=False),
    Row("Valkey killed", killed("valkey")),
    Row("a PostgreSQL backend killed", backend_killed),
    Row("PostgreSQL killed", killed("postgres")),
    Row("everything killed", everything_killed),
    Row("Valkey emptied", valkey_emptied),
    Row("Valkey restarted 20 times", valkey_restarted),
    Row("sender stopped past its lease", stopped_past_the_lease),
    Row("sender stopped with a refusal in hand", stopped_with_a_refusal),
    *(
        Row(f"sender killed {place.replace('-', ' ')}", killed_at(place), place in TELLING)
        for place in failpoints.PLACES
    ),
    Row("mail server: 421", mail_server(Mode.BUSY)),
    Row("mail server: 450", mail_server(Mode.LATER), short=False),
    Row("mail server: 550 5.1.1", mail_server(Mode.NO_MAILBOX)),
    Row("mail server: 550 5.7.1", mail_server(Mode.POLICY, times=2)),
    Row("mail server: silent after the dot", mail_server(Mode.HANG, times=2), short=False),
    Row("mail server: keeps it and hangs up", mail_server(Mode.DROP, keeps=True)),
    Row("mail server: crawls", mail_server(Mode.CRAWL), short=False),
    Row("mail server: TLS fails", mail_server(Mode.BAD_TLS, times=2), short=False),
    Row("mail server: log-in fails", mail_server(Mode.BAD_LOGIN, times=2)),
    Row("disk full", disk_full),
    Row("200 identical submissions", sent_200_times),
    Row("two beats", two_beats),
    *(Row(*each) for each in campaign_rows.FAULTS),
    Row("web killed while mails leave", web_killed_while_mails_leave, short=False),
    Row(
        "BUG: settles without the token", stopped_with_a_refusal, bug=SETTLE_WITHOUT_TOKEN, bugged=("worker", "sweeper")
    ),
    Row("BUG: sends before the commit", web_killed_while_mails_leave, bug=SEND_BEFORE_COMMIT, bugged=("web",)),
)
