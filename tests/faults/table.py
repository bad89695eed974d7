"""One row run, and how it is shown."""

import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass

import psycopg2
from django.db import Error

from lafse.services.failures import CannotStart
from lafse.services.folders import CHECKOUT
from tests.faults.hub import Hub
from tests.faults.rows import NotRun, Row
from tests.faults.sink import Mode
from tests.faults.trial import Trial
from tests.faults.verdict import Verdict

HEADS = ("answered", "written to", "to call", "surplus", "allowed", "seconds")


@dataclass(frozen=True)
class Result:
    """`figures`: as in HEADS; none where the row came to no verdict."""

    name: str
    figures: tuple[str, ...]
    verdict: str
    well: bool


def result_of(hub: Hub, row: Row) -> Result:
    began = time.monotonic()
    if row.bug:
        hub.again(*row.bugged, bug=row.bug)
    trial = Trial(hub)
    try:
        row.fault(trial)
        verdict = trial.verdict()
    except NotRun as reason:
        return Result(row.name, (), f"not run: {reason}", well=True)
    except (AssertionError, CannotStart, OSError, psycopg2.Error, Error) as fault:
        return Result(row.name, (), f"RED: {fault or type(fault).__name__}", well=False)
    finally:
        _tidy(hub, row, trial)
    return _shown(row, verdict, time.monotonic() - began)


def verified(hub: Hub) -> Result:
    """The command itself, once, over everything that the rows have left behind."""
    command = [sys.executable, "manage.py", "verify"]
    environment = hub.environment("harness", FAILPOINTS="")
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    told = "holds" if done.returncode == 0 else f"RED: {' '.join(done.stdout.split())} {done.stderr.strip()[-300:]}"
    return Result("manage.py verify, at the end", (), told, well=done.returncode == 0)


def _tidy(hub: Hub, row: Row, trial: Trial) -> None:
    hub.disarm()
    hub.mail.behave(Mode.ACCEPT)
    if row.bug:
        hub.again(*row.bugged)
    trial.crowd.has_gone()
    trial.quiet()


def _shown(row: Row, verdict: Verdict, took: float) -> Result:
    counts = (verdict.acknowledged, verdict.delivered, verdict.to_call, verdict.surplus, verdict.allowed)
    figures = (*(str(number) for number in counts), f"{took:.1f}")
    told = "; ".join(verdict.faults)
    if row.bug:
        return Result(row.name, figures, f"red, as it must be: {told}" if told else "NOT RED", well=bool(told))
    holds = f"holds: {verdict.told}" if verdict.told else "holds"
    return Result(row.name, figures, f"RED: {told}" if told else holds, well=not told)


def heads() -> str:
    return _line("", HEADS, "verdict")


def line(result: Result) -> str:
    return _line(result.name, result.figures or ("",) * len(HEADS), result.verdict)


def _line(name: str, figures: Iterable[str], verdict: str) -> str:
    return f"{name:39}" + "".join(f"{figure:>11}" for figure in figures) + f"  {verdict}"


def markdown(results: Iterable[Result]) -> str:
    lines = [f"| what is broken | {' | '.join(HEADS)} | verdict |", "|---" * (len(HEADS) + 2) + "|"]
    for result in results:
        figures = result.figures or ("",) * len(HEADS)
        lines.append(f"| {result.name} | {' | '.join(figures)} | {result.verdict} |")
    return "\n".join(lines) + "\n"
