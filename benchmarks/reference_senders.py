"""Another outbox, timed as its own documentation runs it: a program of its own, in a virtual environment of its own.

    python benchmarks/reference_senders.py post_office|mailer COUNT SMTP_PORT

DATABASE_URL names an empty database of the same server. Every mail has the subject, text and HTML of ours, stored
before the clock starts. Prints messages a second.
"""

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.management import call_command

APPS = {"post_office": "post_office.EmailBackend", "mailer": "mailer.backend.DbBackend"}


def configure(package: str, port: int) -> None:
    url = urlsplit(os.environ["DATABASE_URL"])
    place = {"HOST": url.hostname, "PORT": url.port, "USER": url.username, "PASSWORD": url.password}
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    settings.configure(
        SECRET_KEY="x" * 50,
        INSTALLED_APPS=["django.contrib.contenttypes", package],
        DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": url.path[1:], **place}},
        EMAIL_BACKEND=APPS[package],
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        MAILER_EMAIL_BACKEND=smtp,
        MAILER_USE_FILE_LOCK=False,
        POST_OFFICE={"BACKENDS": {"default": smtp}, "DEFAULT_PRIORITY": "medium"},
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        USE_TZ=True,
    )
    django.setup()
    call_command("migrate", verbosity=0)


def mails(count: int) -> list[EmailMultiAlternatives]:
    sample = json.loads(Path(os.environ["SAMPLE"]).read_text())
    made = []
    for number in range(count):
        mail = EmailMultiAlternatives(
            sample["subject"], sample["text"], "hub@example.org", [f"p{number}@d{number % 50}.example"]
        )
        mail.attach_alternative(sample["html"], "text/html")
        made.append(mail)
    return made


def send_all(package: str) -> None:
    """Neither package lies in the virtual environment that the types are checked in."""
    if package == "mailer":
        import_module("mailer.engine").send_all()
    else:
        import_module("post_office.mail").send_queued_mail_until_done(processes=1)


def main(package: str, count: int, port: int) -> None:
    configure(package, port)
    get_connection().send_messages(mails(count))
    began = time.perf_counter()
    send_all(package)
    sys.stdout.write(f"{count / (time.perf_counter() - began):.1f}\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
