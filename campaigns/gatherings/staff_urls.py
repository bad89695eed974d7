"""Addresses of staff's pages: what follows the model's own, the view, and the end of the name."""

from collections.abc import Callable

from django.http import HttpResponse

from campaigns.gatherings import desk_views, door_views, staff_views

Address = tuple[str, Callable[..., HttpResponse], str]
ADDRESSES: tuple[Address, ...] = (
    ("", staff_views.events, "changelist"),
    ("new/", staff_views.new, "new"),
    ("<uuid:gathering_id>/", staff_views.event, "page"),
    ("<uuid:gathering_id>/change/", staff_views.change, "change"),
    ("<uuid:gathering_id>/publish/", staff_views.publish, "publish"),
    ("<uuid:gathering_id>/cancel/", staff_views.cancel, "cancel"),
    ("<uuid:gathering_id>/again/", staff_views.again, "again"),
    ("<uuid:gathering_id>/book/", desk_views.book, "book"),
    ("<uuid:gathering_id>/print/", desk_views.printed, "print"),
    ("<uuid:gathering_id>/door/", door_views.door, "door"),
    ("<uuid:gathering_id>/walk-in/", door_views.walk_in, "walk_in"),
    ("booking/<uuid:booking_id>/", desk_views.booking, "booking"),
    ("booking/<uuid:booking_id>/people/", desk_views.people, "people"),
    ("booking/<uuid:booking_id>/move/", desk_views.move, "move"),
    ("booking/<uuid:booking_id>/cancel/", desk_views.cancel, "cancel_booking"),
    ("booking/<uuid:booking_id>/mark/", door_views.mark, "mark"),
)
