"""Whose campaigns somebody looks after, and what they can therefore not see."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from campaigns.models import Campaign
from councils.access import StaffRequest
from councils.models import Council
from councils.roles import Permission


def councils_edited(request: StaffRequest) -> frozenset[int]:
    """Told before anything is looked for to whoever may nowhere."""
    councils = request.access.where(Permission.EDIT_CAMPAIGNS)
    if not councils:
        raise PermissionDenied
    return councils


def campaign_edited(request: StaffRequest, campaign_id: UUID) -> Campaign:
    own = Campaign.objects.filter(council__in=councils_edited(request))
    return get_object_or_404(own.select_related("council", "created_by"), pk=campaign_id)


def is_whole_hub(councils: frozenset[int]) -> bool:
    """Nobody of the hub could have come to a council that they cannot see."""
    hubs = Council.objects.filter(pk__in=councils).values("hub")
    return not Council.objects.filter(hub__in=hubs).exclude(pk__in=councils).exists()
