"""Everything held on a person, in one file: all cases of the same journey or household, in all councils or in one.

By an address also what is held on whoever has no case: news that they signed up for."""

import os
from argparse import ArgumentParser
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from councils.clock import hub_now
from councils.models import Council
from enquiries.actions.rights import record_taken_out
from enquiries.rights.beside import note_taken_out
from enquiries.rights.export import beside_cases, holdings_of
from enquiries.rights.export_file import packed
from enquiries.rights.finding import cases_of_person

GUARDED = (
    "Safeguarding notes are in the file. Some may have to be kept from the person (Data Protection Act 2018, Schedules"
    " 2 and 3): have them read by the safeguarding lead before you hand it over."
)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reference", default="", metavar="R")
        parser.add_argument("--email", default="", metavar="E")
        parser.add_argument("--phone", default="", metavar="P")
        parser.add_argument("--council", metavar="SLUG", help="only what this council holds")
        parser.add_argument("--safeguarding", action="store_true", help="with safeguarding notes: read the warning")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="a ZIP; is not overwritten")

    def handle(self, *args: Any, output: Path, safeguarding: bool, **options: Any) -> None:
        person = {name: options[name] for name in ("reference", "email", "phone")}
        if not any(person.values()):
            raise CommandError("Say who: --reference, --email or --phone.")
        councils = _councils(options["council"])
        cases = cases_of_person(**person, councils=councils)
        addresses = {address for address in (person["email"].strip(), *(case.email for case in cases)) if address}
        beside = beside_cases(councils, addresses)
        if not cases and not beside:
            raise CommandError("Nothing is held on them under that.")
        held = holdings_of(cases, guarded=safeguarding, now=hub_now())
        _write(output, packed(replace(held, cases=[*held.cases, *beside])))
        for case in cases:
            record_taken_out(case, cases=len(cases), safeguarding=safeguarding, words="", by=None)
        found_in = [council for council in councils if council.name in {part.controller for part in beside}]
        for council, address in product(found_in, addresses):
            note_taken_out(council, address)
        self.stdout.write(f"{len(cases)} enquiries in {len({case.council_id for case in cases})} councils: {output}")
        if beside:
            self.stdout.write(f"Without an enquiry: {len(beside)} councils")
        if safeguarding:
            self.stderr.write(GUARDED)


def _councils(slug: str | None) -> list[Council]:
    if slug is None:
        return list(Council.objects.order_by("pk"))
    found = list(Council.objects.filter(slug=slug))
    if not found:
        raise CommandError(f"There is no council {slug}.")
    return found


def _write(output: Path, content: bytes) -> None:
    """For its owner only, from the first byte."""
    try:
        with os.fdopen(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    except FileExistsError:
        raise CommandError(f"{output} is there already. Choose another name.") from None
