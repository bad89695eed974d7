"""Whether an email to many went to each of its people once."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from campaigns.mailings.auditing import Audit, audit
from campaigns.models import Mailing
from campaigns.states import MailingState
from councils.models import Council
from councils.tenancy import across


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=UUID, help="of the email: the last part of its page's address")

    def handle(self, *args: Any, id: UUID, **options: Any) -> None:
        with across(Council.objects.values_list("pk", flat=True), reason="audit an email to many"):
            mailing = Mailing.objects.filter(pk=id).first()
            if mailing is None:
                raise CommandError("There is no email of this id.")
            found = audit(mailing)
        self.stdout.write("\n".join(lines_of(found)))
        if found.faults:
            raise CommandError("; ".join(found.faults))


def lines_of(found: Audit) -> list[str]:
    numbers = found.numbers
    parts = {
        "sent": numbers.sent,
        "may have been sent": numbers.unknown,
        "failed": numbers.failed,
        **{f"left out since: {reason}": many for reason, many in numbers.left_out.items()},
        "not written to" if found.mailing.state == MailingState.CANCELLED else "still to come": numbers.to_come,
        "fixed": numbers.fixed,
    }
    told = [f"{many:>9,}  {what}" for what, many in parts.items()]
    return [*told, f"sent = unique recipients: {found.sent:,} = {found.reached:,}"]
