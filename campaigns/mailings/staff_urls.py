"""Addresses of staff's pages: what follows the model's own, the view, and the end of the name."""

from collections.abc import Callable

from django.http import HttpResponse

from campaigns.mailings import step_views, views

Address = tuple[str, Callable[..., HttpResponse], str]
ADDRESSES: tuple[Address, ...] = (
    ("", views.mailings, "changelist"),
    ("new/<slug:slug>/", views.new, "new"),
    ("<uuid:mailing_id>/", views.mailing, "page"),
    ("<uuid:mailing_id>/missed/", views.who_missed, "missed"),
    ("<uuid:mailing_id>/audience/", step_views.choose, "audience"),
    ("<uuid:mailing_id>/fix/", step_views.prepare, "fix"),
    ("<uuid:mailing_id>/approve/", step_views.approve, "approve"),
    ("<uuid:mailing_id>/back/", step_views.back, "back"),
    ("<uuid:mailing_id>/schedule/", step_views.schedule, "schedule"),
    ("<uuid:mailing_id>/unschedule/", step_views.unschedule, "unschedule"),
    ("<uuid:mailing_id>/start/", step_views.start, "start"),
    ("<uuid:mailing_id>/pause/", step_views.pause, "pause"),
    ("<uuid:mailing_id>/resume/", step_views.resume, "resume"),
    ("<uuid:mailing_id>/cancel/", step_views.cancel, "cancel"),
)
