"""Staff's addresses of matching, below ambassadors/introduction/."""

from collections.abc import Callable

from django.http import HttpResponse

from ambassadors.matched import confirm_views, fairness_views, suggest_views, waiting_views

ADDRESSES: tuple[tuple[str, Callable[..., HttpResponse], str], ...] = (
    ("", waiting_views.waiting, "changelist"),
    ("several/", waiting_views.several, "several"),
    ("round/", waiting_views.round_now, "round"),
    ("fairness/", fairness_views.fairness, "fairness"),
    ("of/<uuid:enquiry_id>/suggest/", suggest_views.suggestions, "suggest"),
    ("of/<uuid:enquiry_id>/introduce/", suggest_views.introduce, "introduce"),
    ("<uuid:offer_id>/confirm/", confirm_views.confirming, "confirm"),
    ("<uuid:offer_id>/agree/", confirm_views.confirm, "agree"),
    ("<uuid:offer_id>/refuse/", confirm_views.refuse, "refuse"),
)
