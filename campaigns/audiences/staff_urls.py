"""Addresses of staff's pages: what follows the model's own, the view, and the end of the name."""

from collections.abc import Callable

from django.http import HttpResponse

from campaigns.audiences import views

Address = tuple[str, Callable[..., HttpResponse], str]
ADDRESSES: tuple[Address, ...] = (
    ("", views.segments, "changelist"),
    ("new/", views.new, "new"),
    ("count/", views.count, "count"),
    ("<uuid:segment_id>/", views.change, "change"),
    ("<uuid:segment_id>/remove/", views.remove, "remove"),
)
