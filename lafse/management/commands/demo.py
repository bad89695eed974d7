"""Plainly fictional people and cases for the first hub, made by the real actions. Safe to run again: it keeps what it
made, log-ins included."""

import logging
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from councils.models import Council, Hub
from councils.tenancy import across
from enquiries.models import Enquiry
from lafse.demo.ambassadors import make_ambassadors
from lafse.demo.campaigns import make_campaigns
from lafse.demo.cases import make_cases
from lafse.demo.history import count_at_once, make_history
from lafse.demo.letters import make_letters
from lafse.demo.logins import read_password, write
from lafse.demo.people import arrive

LOGINS = Path(settings.BASE_DIR) / ".run" / "demo-logins.json"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--logins", type=Path, default=LOGINS, help="where the log-ins are written (%(default)s)")
        parser.add_argument("--history", type=int, default=0, help="enquiries of the two years before (%(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        hub = Hub.objects.get(slug="lafse")
        councils = {council.slug: council for council in Council.objects.filter(hub=hub).select_related("hub")}
        with transaction.atomic():
            _open_mailboxes(councils)
            rows = arrive(councils, known=read_password(options["logins"]))
        write(rows, options["logins"])
        with across(councils.values(), reason="demo"), _without_news():
            made = 0 if Enquiry.objects.exists() else make_cases(hub, councils)
            make_letters(councils)
            carers = make_ambassadors(councils)
            make_campaigns(councils)
        if options["history"]:
            with _without_news():
                made += make_history(hub, enquiries=options["history"])
                count_at_once(hub, enquiries=made)
        told = f"{len(rows)} people, {made} cases and {carers} ambassadors made"
        self.stdout.write(f"Demonstration: {told}. Log-ins: {options['logins']}")


@contextmanager
def _without_news() -> Iterator[None]:
    """What each made-up case goes through would stand between the lines that `make run` prints. Warnings still do."""
    before = logging.root.manager.disable
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(before)


def _open_mailboxes(councils: dict[str, Council]) -> None:
    for council in councils.values():
        if not council.duty_mailbox:
            council.duty_mailbox = f"fostering-duty.{council.slug}@example.org"
            council.save(update_fields=["duty_mailbox"])
