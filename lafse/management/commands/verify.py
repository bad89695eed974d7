"""Ask a living database whether everything holds that must. Ends with an error and the ids of the rows that do not."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lafse.verification import Finding, verify

_SHOWN = 20


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for a machine: a list, with every id")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = list(verify())
        if options["json"]:
            told = [{**asdict(finding), "holds": finding.holds} for finding in findings]
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self.stdout.writelines(_line(finding) for finding in findings)
        broken = sum(not finding.holds for finding in findings)
        if broken:
            raise CommandError(f"{broken} of {len(findings)} do not hold.")


def _line(finding: Finding) -> str:
    excuses = "".join(f"; {number:,} {reason}" for reason, number in finding.excused.items())
    if finding.holds:
        return f"holds   {finding.checked:>9,}  {finding.title}{excuses}\n"
    more = len(finding.offending) - _SHOWN
    rows = [*finding.offending[:_SHOWN], *([f"and {more:,} more (--json has all)"] if more > 0 else [])]
    return f"BROKEN  {len(finding.offending):>9,}  {finding.title}{excuses}\n" + "".join(f"    {row}\n" for row in rows)
