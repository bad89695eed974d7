"""Addresses of staff's pages: what follows the model's own, the view, and the end of the name."""

from collections.abc import Callable

from django.http import HttpResponse

from campaigns.news import list_views, rights_views, staff_views

Address = tuple[str, Callable[..., HttpResponse], str]
ADDRESSES: tuple[Address, ...] = (
    ("", staff_views.subscribers, "changelist"),
    ("<uuid:subscriber_id>/", staff_views.subscriber, "change"),
    ("<uuid:subscriber_id>/take-out/", rights_views.take_out, "take_out"),
    ("<uuid:subscriber_id>/erase/", rights_views.erase, "erase"),
    ("list/<slug:slug>/", list_views.bring, "bring"),
)
