"""Addresses of staff's pages: what follows the model's own, the view, and the end of the name."""

from collections.abc import Callable

from django.http import HttpResponse

from campaigns.content import look_views, preview_views, write_views

Address = tuple[str, Callable[..., HttpResponse], str]
ADDRESSES: tuple[Address, ...] = (
    ("<uuid:mailing_id>/write/", write_views.write_page, "write"),
    ("<uuid:mailing_id>/preview/", preview_views.preview, "preview"),
    ("<uuid:mailing_id>/preview/frame/", preview_views.preview_frame, "frame"),
    ("<uuid:mailing_id>/test/", preview_views.send_test_view, "test"),
    ("looks/", look_views.looks, "looks"),
    ("looks/<slug:slug>/", look_views.look, "look"),
)
