"""`migrate` as the owner: the app's log-in may not change a table."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.commands import migrate


class Command(migrate.Command):
    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)  # type: ignore[arg-type]  # Django's own parser, as its stubs want
        parser.set_defaults(database="owner" if "owner" in settings.DATABASES else "default")
