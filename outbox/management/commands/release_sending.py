"""Let this database send. Needed once at the start, and again after every restore and every failover.

First make sure that nothing else sends from a copy, and that messages which were sent after the backup was made are not
sent again: docs/running.md, "After a restore".
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from councils.models import Council
from councils.tenancy import across
from outbox.actions.reconciling import doubt_everything, settle_as_sent
from outbox.alarms import sending_resumed
from outbox.models import Message, SendingRelease
from outbox.receipts import message_of
from outbox.release import CAUSE, Cluster, refusal, release, this_cluster
from outbox.states import OPEN_STATES, State
from outbox.witness import NoWitness


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--first", action="store_true", help="do it if nothing was ever to be sent, else nothing")
        parser.add_argument(
            "--sent",
            type=Path,
            metavar="FILE",
            help="Message-IDs by the provider’s log, one a line: these have left",
        )
        parser.add_argument("--yes", action="store_true", help="do it; without it, only say what was found")

    def handle(self, *args: Any, yes: bool, first: bool, sent: Path | None, **options: Any) -> None:
        if first and not is_new():
            self.stdout.write("This database is not new. Whether it may send is for you to say: release_sending --yes")
            return
        here = this_cluster()
        if here is None:
            raise CommandError("This server is a standby: promote it first, or release where sending goes on.")
        if not settings.INSTANCE_ID or not settings.WITNESS_PATH:
            raise CommandError("Set INSTANCE_ID (any name, another for each deployment) and WITNESS_PATH (a file).")
        ids = _named_in(sent) if sent else set()
        self._say_what_was_found(here)
        if not yes and not first:
            self.stdout.write("Nothing was changed. If this is right: manage.py release_sending --yes")
            return
        if sent:
            self.stdout.write(f"Settled as sent: {settle_as_sent(ids)} of {len(ids)} named")
        doubt_everything()
        try:
            release()
        except (NoWitness, OSError) as error:
            raise CommandError(f"{settings.WITNESS_PATH} cannot be written. Sending stays locked.") from error
        with _everywhere():
            sending_resumed(CAUSE)
        self.stdout.write("Released: senders go on with their next run.")

    def _say_what_was_found(self, here: Cluster) -> None:
        found = refusal()
        self.stdout.write(f"Deployment {settings.INSTANCE_ID}, witness {settings.WITNESS_PATH}")
        self.stdout.write(f"Cluster {here.system}, timeline {here.timeline}, at {here.reached:,} bytes of its log")
        self.stdout.write(f"Now: {f'refused, because {found}' if found else 'sending'}")
        with _everywhere():
            waiting = Message.objects.filter(state__in=OPEN_STATES)
            newest = Message.objects.filter(state=State.SENT).order_by("-settled_at").first()
            self.stdout.write(f"Messages that would leave: {waiting.count()}")
            self.stdout.write(f"Last known to have been sent: {newest.settled_at if newest else 'none'}")


def _named_in(sent: Path) -> set[UUID]:
    """Read before anything is said or done: a name typed wrong must not end half way."""
    try:
        return {found for line in sent.read_text().splitlines() if (found := message_of(line))}
    except (OSError, ValueError) as error:
        raise CommandError(f"{sent} cannot be read. Nothing was changed.") from error


def is_new() -> bool:
    """Never released, and nothing was ever enqueued: no copy of a database that has sent."""
    with _everywhere():
        return not SendingRelease.objects.exists() and not Message.objects.exists()


def _everywhere() -> Any:
    return across(Council.objects.values_list("pk", flat=True), reason="deliver")
