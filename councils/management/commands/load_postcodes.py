"""Index the ONS Postcode Directory and make it the one that postcodes are looked up in; safe to run again."""

from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from councils.postcodes import following, releases
from councils.postcodes.sources import CarriedByPackage, OnspdZip, Source, UnreadableSource


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []  # they load every page, which takes longer than the answer

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--zip", type=Path, help="an ONSPD zip as downloaded, instead of the installed package")
        parser.add_argument("--force", action="store_true", help="build the index again and use this source")

    def handle(self, *args: Any, **options: Any) -> None:
        source: Source = OnspdZip(options["zip"]) if options["zip"] else CarriedByPackage()
        chosen = options["force"] or options["zip"]
        try:
            self.load(source, chosen=bool(chosen), force=options["force"])
        except (UnreadableSource, releases.ReleaseMissingHere, OSError) as error:
            raise CommandError(str(error)) from error

    def load(self, source: Source, *, chosen: bool, force: bool) -> None:
        newer = None if chosen else releases.newer_than(source)
        if newer:
            following.follow(newer)
            self.stdout.write(f"Postcodes: {newer.release}, {newer.rows:,} rows, is newer than the package and stays.")
            return
        started = monotonic()
        loaded = releases.load(source, force=force)
        took = f"index built in {monotonic() - started:.0f} s" if loaded.built else "index is current"
        use = "now in use" if loaded.activated else "in use already"
        self.stdout.write(f"Postcodes: {loaded.release}, {loaded.rows:,} rows, {took}, {use}.")
