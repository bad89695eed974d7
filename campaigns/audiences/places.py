"""Names of the councils and areas that a segment may ask for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from campaigns.audiences.rules import Rules, read
from campaigns.audiences.words import in_words
from campaigns.models import Segment
from councils.access import Access
from councils.models import Area, Council, CouncilArea, CouncilKind
from councils.roles import Permission


@dataclass(frozen=True)
class Places:
    """`councils`: by slug; `areas`: by code. Names, in the order in which they are offered."""

    councils: dict[str, str]
    areas: dict[str, str]

    def told(self, rules: Rules) -> list[str]:
        return in_words(rules, councils=self.councils, areas=self.areas)


def places_for(owner: Council, access: Access, *, today: date, rules: Rules) -> Places:
    """An area that a segment has named stays on offer when the council has changed."""
    reached = Council.objects.filter(hub=owner.hub_id, pk__in=access.where(Permission.EDIT_CAMPAIGNS)).order_by("name")
    asked = reached if owner.kind == CouncilKind.HUB_OFFICE else reached.filter(pk=owner.pk)
    standing = Q(valid_to=None) | Q(valid_to__gt=today)
    codes = CouncilArea.objects.filter(standing, council__in=asked).values_list("area_code", flat=True)
    return Places(dict(asked.values_list("slug", "name")), _named({*codes, *rules.areas}))


def places_of(segments: Iterable[Segment], access: Access) -> Places:
    """For a list of them."""
    reached = Council.objects.filter(pk__in=access.where(Permission.EDIT_CAMPAIGNS))
    areas = {code for segment in segments for code in read(segment.rules).areas}
    return Places(dict(reached.values_list("slug", "name")), _named(areas))


def _named(codes: Iterable[str]) -> dict[str, str]:
    return dict(Area.objects.filter(code__in=set(codes)).order_by("name").values_list("code", "name"))
