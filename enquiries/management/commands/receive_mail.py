"""Take one mail from a mail server, on standard input: Postfix's pipe, Exim's pipe transport, a sieve script.

Exit 0 means that it is stored. Whatever goes wrong on our side ends with 75 (EX_TEMPFAIL, sysexits.h), so that the
server keeps the mail and tries again.
"""

import os
import sys
from types import TracebackType
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandParser

from enquiries.actions.incoming import receive
from outbox.incoming import MOST_BYTES, parse

log = structlog.get_logger("enquiries.incoming")
TRY_AGAIN = 75


class Command(BaseCommand):
    help = "Store the mail on standard input: a reply on its enquiry, or an enquiry to confirm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", required=True, help="the address that it was delivered to (RCPT TO)")
        parser.add_argument("--from", dest="sender", help="MAIL FROM; empty for a bounce")

    def handle(self, *args: Any, **options: Any) -> None:
        sys.excepthook = _try_again
        raw = sys.stdin.buffer.read(MOST_BYTES)
        while sys.stdin.buffer.read(MOST_BYTES):  # a server whose pipe breaks calls that a failure
            pass
        came = receive(parse(raw, envelope_sender=options["sender"]), to=options["to"])
        log.info("mail_received", came=came)


def _try_again(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log.error("mail_not_stored", exc_info=(kind, error, trace))
    sys.stderr.flush()
    os._exit(TRY_AGAIN)
