"""Erase what is held on a person. Runs as the eraser, whose password no page and no worker holds.

`--pending` carries out what was asked for on pages; `--replay`, after a restore, what the ledger knows and the database
does not; `--reference` asks for one case, with all of its journey in that council, and carries it out; `--email` erases
what is held on whoever has that address and no case.
"""

import signal
import threading
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from councils.models import Council
from councils.models.rights import ErasureCause
from councils.refusals import Refused
from enquiries.actions.rights import request_erasure
from enquiries.rights.beside import keys_of
from enquiries.rights.by_age import clear_by_age
from enquiries.rights.erasing import ERASER, StillSending, carry_out, erase, erase_pending, replay
from enquiries.rights.finding import cases_of_reference

AN_HOUR = 3600  # seconds


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--pending", action="store_true", help="what was asked for")
        what.add_argument("--replay", action="store_true", help="what the ledger knows, after a restore")
        what.add_argument("--reference", metavar="R", help="one case, and the rest of its journey in that council")
        what.add_argument("--email", metavar="E", help="whoever gets news at this address and has no case")
        parser.add_argument("--cause", choices=ErasureCause.values, default=ErasureCause.ASKED)
        parser.add_argument("--every", type=float, metavar="SECONDS", help="go on, with a pause between two looks")
        parser.add_argument("--alive", type=Path, metavar="FILE", help="touched after every look, for health checks")

    def handle(self, *args: Any, **options: Any) -> None:
        _require_settings()
        if options["replay"]:
            self._again()
        elif options["reference"]:
            self._one(options["reference"], ErasureCause(options["cause"]))
        elif options["email"]:
            self._address(options["email"].strip(), ErasureCause(options["cause"]))
        elif options["every"]:
            _go_on(options["every"], options["alive"])
        else:
            clear_by_age()
            self.stdout.write(f"{erase_pending()} erased.")

    def _again(self) -> None:
        try:
            self.stdout.write(f"{replay(Path(settings.ERASURE_LEDGER))} erased again.")
        except StillSending as waiting:
            raise CommandError(str(waiting)) from waiting

    def _one(self, reference: str, cause: ErasureCause) -> None:
        cases = cases_of_reference(reference)
        if not cases:
            raise CommandError("No council has a case of this reference.")
        for case in cases:
            try:
                for request in request_erasure(case, cause=cause, by=None):
                    state = carry_out(request.council_id, request.pk)
                    self.stdout.write(f"{request.subject_id} in council {request.council_id}: {state or 'waits'}")
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal

    def _address(self, address: str, cause: ErasureCause) -> None:
        found = [(council, key) for council in Council.objects.order_by("pk") for key in keys_of(council, address)]
        if not found:
            raise CommandError("Nobody without an enquiry has this address. Erase an enquiry by its reference.")
        try:
            for council, key in found:
                erase(council.pk, key, cause=cause)
        except StillSending as waiting:
            raise CommandError(f"{waiting} Run this again in five minutes.") from waiting
        self.stdout.write(f"{len(found)} erased.")


def _require_settings() -> None:
    if ERASER not in settings.DATABASES:
        raise CommandError("DATABASE_ERASER_URL is not set: the address of DATABASE_URL, as lafse_eraser.")
    if settings.DATABASES["default"]["USER"] == settings.DATABASES[ERASER]["USER"]:
        raise CommandError(
            "DATABASE_URL is the eraser's log-in, too. It has to be that of all other processes, lafse_app."
        )
    if not settings.ERASURE_LEDGER:
        raise CommandError("ERASURE_LEDGER is not set: a file that no backup of the database carries back.")


def _go_on(pause: float, alive: Path | None) -> None:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    cleared_at = float("-inf")
    while not stop.is_set():
        close_old_connections()
        erase_pending(stop.is_set)
        if time.monotonic() - cleared_at > AN_HOUR:
            clear_by_age()
            cleared_at = time.monotonic()
        if alive:
            alive.touch()
        stop.wait(pause)
