"""One of our senders, as a worker runs it: python -m benchmarks.sender SMTP_PORT, on the database of DATABASE_URL.

Prints "ready", waits for a line, sends what is due, writing more of the emails to many as it goes, and prints how many
it sent and how many MB it took.
"""

import os
import resource
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
        sys.stdin.readline()
        say(f"{send_all()} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}")


def send_all() -> int:
    from outbox.refilling import deliver_and_refill  # noqa: PLC0415  # settings must stand first

    total = 0
    while tried := deliver_and_refill():
        total += tried
    return total


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
