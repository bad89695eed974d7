"""Codes as staff see them, with how often each was followed and how many enquiries came by it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, F

from campaigns.came.codes import as_printed, paths_for
from campaigns.models import Campaign, Click, Code
from enquiries.models import Touch


@dataclass(frozen=True)
class Line:
    code: Code
    printed: str
    leads_to: str
    clicks: int
    enquiries: int


def lines(campaign: Campaign, councils: Collection[int]) -> Sequence[Line]:
    """Ended ones last."""
    codes = Code.objects.filter(campaign_key=campaign.pk).select_related("hub")
    return lines_of(list(codes.order_by(F("ended_at").asc(nulls_first=True), "code")), campaign, councils)


def lines_of(codes: Sequence[Code], campaign: Campaign, councils: Collection[int]) -> Sequence[Line]:
    words, names = [code.code for code in codes], dict(paths_for(campaign.council))
    clicks = dict(
        Click.objects.filter(council=campaign.council_id, code__in=words)
        .values_list("code")
        .annotate(many=Count("pk"))
        .order_by()
    )
    came = dict(
        Touch.objects.filter(council__in=councils, code__in=words)
        .values_list("code")
        .annotate(many=Count("journey_id", distinct=True))
        .order_by()
    )
    return [
        Line(code, as_printed(code), names.get(code.path, code.path), clicks.get(code.code, 0), came.get(code.code, 0))
        for code in codes
    ]
