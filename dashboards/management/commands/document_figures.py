"""Write the lists in docs/figures.md anew, from the definitions in the code. For whoever changes one."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from dashboards.exports.documented import written_anew


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        document = settings.BASE_DIR / "docs" / "figures.md"
        document.write_text(written_anew(document.read_text()))
        self.stdout.write("docs/figures.md says what the code says.")
