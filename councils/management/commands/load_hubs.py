"""Bring the hubs, councils and areas of councils/data into the database; safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand

from councils.hub_data import load


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        changes = load()
        for line in changes.made if options["verbosity"] > 1 else ():
            self.stdout.write(f"made {line}")
        for line in changes.changed:
            self.stdout.write(f"changed {line}")
        made, changed = len(changes.made), len(changes.changed)
        self.stdout.write(f"Hubs and councils: {made} made, {changed} changed, {changes.unchanged} unchanged.")
