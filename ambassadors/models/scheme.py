"""How a council runs its scheme."""

from typing import ClassVar

from django.db import models

from councils.holdings import Personal, nothing_personal
from councils.models import Council
from councils.tenancy.lists import Tenancy


class Scheme(models.Model):
    """Settings of one council; shared, since a pair across a border asks both. Rates have no default: what a council
    pays is its own decision. `answer_days`: working days to answer an offer. `standing_months`: how long staff's word
    on an ambassador's standing holds."""

    tenancy: ClassVar[Tenancy] = Tenancy.SHARED
    personal: ClassVar[Personal] = nothing_personal("out_of_hours_phone")

    council = models.OneToOneField(Council, on_delete=models.PROTECT, related_name="scheme")
    runs = models.BooleanField(default=True)
    across_borders = models.BooleanField(default=False)
    answer_days = models.PositiveSmallIntegerField(default=3)
    standing_months = models.PositiveSmallIntegerField(default=3)
    mentor_meetings = models.PositiveSmallIntegerField(null=True, blank=True)
    mentor_months = models.PositiveSmallIntegerField(null=True, blank=True, help_text="After approval")
    rate_an_hour = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    rate_a_mile = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    out_of_hours_phone = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer_days__gte=1, answer_days__lte=30), name="ambassadors_days_to_answer"
            ),
            models.CheckConstraint(
                condition=models.Q(standing_months__gte=1, standing_months__lte=24),
                name="ambassadors_months_of_standing",
            ),
        ]

    def __str__(self) -> str:
        return f"scheme of {self.council_id}"
