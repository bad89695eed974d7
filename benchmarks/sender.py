"""One of our senders, as a worker runs it: python -m benchmarks.sender SMTP_PORT, on the database of DATABASE_URL.

Prints "ready", then answers each line with how many messages it dealt with and how many MB it has taken so far:

    go          sends what is due, writing more of the emails to many as it goes, until nothing is left
    batches N   the same, until it has sent so many: a batch is written, then sent
    write N     writes so many of the emails to many, and sends none
    deliver     sends what lies ready, and writes none
"""

import os
import sys
from contextlib import redirect_stderr
from pathlib import Path

import django
from django.conf import settings


def main(port: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):  # log lines are written, but not shown
        django.setup()
        settings.DEV_MAILBOX = False
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.MAIL_PER_DOMAIN_PER_SECOND = 0  # the others have no limits either
        say("ready")
        for line in iter(sys.stdin.readline, ""):
            say(f"{obey(*line.split())} {most_memory()}")


def most_memory() -> int:
    """In MB. Not getrusage: what it tells begins with the memory of whoever started this process."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def obey(verb: str, many: str = "0") -> int:
    match verb:
        case "batches":
            return send_batches(int(many))
        case "write":
            return write(int(many))
        case "deliver":
            return deliver()
    return send_all()


def send_all() -> int:
    from outbox.refilling import deliver_and_refill  # noqa: PLC0415  # settings must stand first

    total = 0
    while tried := deliver_and_refill():
        total += tried
    return total


def send_batches(many: int) -> int:
    from campaigns.actions.expanding import refill_outbox  # noqa: PLC0415  # as above

    total = 0
    while total < many and refill_outbox():
        total += deliver()
    return total


def write(many: int) -> int:
    from campaigns.actions.expanding import refill_outbox  # noqa: PLC0415  # as above

    usual, settings.MAILING_AHEAD = settings.MAILING_AHEAD, many
    total = 0
    while written := refill_outbox():
        total += written
    settings.MAILING_AHEAD = usual
    return total


def deliver() -> int:
    from outbox.sending import deliver_due  # noqa: PLC0415  # as above

    total = 0
    while tried := deliver_due():
        total += tried
    return total


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
