"""Which council answers for each postcode, and why. With --json one object a line for each argument, in order."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from councils.routing import NoDirectory, Route, UnknownHub, route


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []  # they load every page, which takes longer than the answer

    def add_arguments(self, parser: ArgumentParser) -> None:
        quoting = "quoted when it has a space; after -- when one begins with a dash"
        parser.add_argument("postcodes", nargs="+", metavar="POSTCODE", help=quoting)
        parser.add_argument("--hub", default=settings.DEFAULT_HUB, help="slug of the hub that asks (%(default)s)")
        parser.add_argument("--on", type=_day, metavar="DATE", help="a day, 2027-04-01; today by default")
        parser.add_argument("--json", action="store_true", help="for programs: one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        show = _as_json if options["json"] else _as_text
        try:
            for postcode in options["postcodes"]:
                self.stdout.write(show(route(postcode, hub=options["hub"], on=options["on"])))
        except (UnknownHub, NoDirectory) as error:
            raise CommandError(str(error)) from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day like 2027-04-01") from error


def _as_json(answer: Route) -> str:
    return json.dumps(
        {
            "postcode": answer.postcode,
            "outcome": answer.outcome,
            "council": answer.council.slug if answer.council else None,
            "candidates": [council.slug for council in answer.candidates],
            "authority": answer.authority,
            "reason": answer.reason,
            "release": answer.release,
        }
    )


def _as_text(answer: Route) -> str:
    council = answer.council.name if answer.council else "–"
    lines = [f"{answer.postcode or '(empty)':10} {answer.outcome:21} {council}", f"{'':10} {answer.reason}"]
    if answer.must_ask:
        lines.append(f"{'':10} Ask who sends the council tax bill: {'; '.join(area.name for area in answer.asked)}")
    return "\n".join(lines)
