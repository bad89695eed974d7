"""Every letter of each council, for the page that lists them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from councils.models import Council
from enquiries.models import LetterTemplate


@dataclass(frozen=True)
class CouncilsLetters:
    council: Council
    in_use: list[LetterTemplate]
    retired: list[LetterTemplate]
    may_change: bool

    @property
    def is_bare(self) -> bool:
        """Nothing to see there, and nothing to do."""
        return not (self.in_use or self.retired or self.may_change)


def letter_lists(councils: Iterable[Council], changeable: Collection[int]) -> list[CouncilsLetters]:
    """One query. Councils without a letter come last."""
    letters = LetterTemplate.objects.filter(council__in=councils).select_related("updated_by").order_by("name", "pk")
    found = list(letters)
    lists = [
        CouncilsLetters(
            council,
            [each for each in found if each.council_id == council.pk and each.retired_at is None],
            [each for each in found if each.council_id == council.pk and each.retired_at is not None],
            council.pk in changeable,
        )
        for council in councils
    ]
    return sorted(lists, key=lambda each: not each.in_use)
