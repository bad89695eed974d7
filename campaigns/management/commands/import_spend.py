"""Bring in what campaigns cost, from a spreadsheet (.csv or .xlsx): all of it, or every problem by its row.

The first row has the headings Campaign, Amount, From, To, Source, What. The same file twice adds nothing.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campaigns.came.spend_import import take
from councils.access import access_of
from councils.models import User
from councils.refusals import Refused
from councils.roles import Permission
from councils.tenancy import across
from enquiries.imports.sheets import BadFile, content_of


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the list, .csv or .xlsx")
        parser.add_argument("--by", required=True, help="email of the campaign editor or manager who brings it in")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["by"].lower(), is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody here logs in as {options['by']}.")
        by = access_of(user)
        councils = by.where(Permission.EDIT_CAMPAIGNS)
        try:
            with across(councils, reason="import spend"):
                taken = take(content_of(options["file"]), councils, by=by)
        except (BadFile, Refused) as refusal:
            raise CommandError(str(refusal)) from None
        for problem in taken.problems:
            self.stdout.write(f"Row {problem.row}: {problem.why}")
        if taken.problems:
            raise CommandError("Nothing was brought in. Put these rows right.")
        self.stdout.write(taken.words)
