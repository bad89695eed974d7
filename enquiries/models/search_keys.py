"""What a case can be found by. Under row-level security ILIKE and trigrams ignore their indexes: their operators are
not leakproof. Equality and prefix ranges on text are."""

from typing import ClassVar

from django.db import models

from councils.holdings import Personal, removed
from councils.tenancy.models import CouncilOwned
from enquiries.models.enquiry import Enquiry
from enquiries.search import SearchKind


class SearchKey(CouncilOwned):
    """`key` is normalised (councils sort it by bytes, COLLATE "C", so that a prefix is a range)."""

    personal: ClassVar[Personal] = removed("key")

    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="search_keys", db_index=False
    )
    kind = models.CharField(max_length=8, choices=SearchKind)
    key = models.CharField(max_length=254, db_collation="C")

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["council", "enquiry", "kind", "key"], name="enquiries_search_key_once")
        ]
        indexes = [models.Index(fields=["council", "kind", "key"], include=["enquiry"], name="enquiries_search_keys")]

    def __str__(self) -> str:
        return self.kind
