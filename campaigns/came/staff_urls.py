"""Addresses of staff's pages: what follows the model's own, the view, and the end of the name."""

from collections.abc import Callable

from django.http import HttpResponse

from campaigns.came import campaigns_views, results_views, spend_views
from campaigns.came.codes_urls import CODES

Address = tuple[str, Callable[..., HttpResponse], str]
ADDRESSES: tuple[Address, ...] = (
    ("", campaigns_views.campaigns, "changelist"),
    ("begin/", campaigns_views.begin, "begin"),
    ("results/", results_views.results, "results"),
    ("calendar/", results_views.calendar, "calendar"),
    ("spend/bring-in/", spend_views.bring_in, "bring_in"),
    ("spend/<uuid:spend_id>/take-out/", spend_views.take_out, "take_out"),
    ("<uuid:campaign_id>/", campaigns_views.campaign, "change"),
    ("<uuid:campaign_id>/change/", campaigns_views.change, "edit"),
    ("<uuid:campaign_id>/spend/", spend_views.spend, "spend"),
    *CODES,
)
