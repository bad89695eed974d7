"""Whom somebody would like to talk to before they decide, and about what. For matching staff only."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, removed
from councils.tenancy.models import CouncilOwned
from enquiries.models.enquiry import Enquiry


def words(length: int = 24) -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=length), default=list, blank=True)


class Wish(CouncilOwned):
    """One of each case. `whom`: attributes (special categories among them), as wished, never derived. `languages`:
    without one of these there is no conversation. `ways`: by which they would talk; none means any. `since`: when they
    first asked, which is what they have waited for; it survives a handover. A wish that was taken back stands until
    the case goes, so that nobody offers them a conversation by mistake."""

    personal: ClassVar[Personal] = removed("whom", "about", "detail", "languages", "ways", stays=())

    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="wishes", db_index=False
    )
    whom = words()
    about = words()
    detail = models.CharField(max_length=500, blank=True)
    languages = words(60)
    ways = words()
    since = models.DateTimeField(db_default=HubNow())
    changed_at = models.DateTimeField(db_default=HubNow())
    taken_back_at = models.DateTimeField(null=True)

    class Meta(CouncilOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["council", "enquiry"], name="enquiries_one_wish")]
        indexes = [
            models.Index(
                fields=["council", "since"], condition=models.Q(taken_back_at=None), name="enquiries_wishes_standing"
            )
        ]

    def __str__(self) -> str:
        return f"wish {self.pk}"
