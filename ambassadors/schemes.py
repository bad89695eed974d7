"""Settings of a council's scheme; as they are before anybody has changed them, where there is no row yet."""

from collections.abc import Collection

from ambassadors.models import Scheme
from councils.models import Council


def scheme_of(council: Council | int) -> Scheme:
    key = council if isinstance(council, int) else council.pk
    return Scheme.objects.filter(council=key).first() or Scheme(council_id=key)


def crossing_borders(hub: int) -> Collection[int]:
    """Councils of the hub whose ambassadors may talk to other councils' enquirers, and the other way round."""
    open_to = Scheme.objects.filter(council__hub=hub, runs=True, across_borders=True)
    return frozenset(open_to.values_list("council_id", flat=True))
