"""Addresses on the public site."""

from django.urls import URLPattern, path

from campaigns.gatherings import own_views as own
from campaigns.gatherings import public_views as views

PUBLIC: list[URLPattern] = [
    path("events/", views.events, name="events"),
    path("events/<slug:council>/", views.events_of, name="events_of"),
    path("events/<slug:council>/<uuid:gathering_id>/", views.event, name="event"),
    path("events/<slug:council>/<uuid:gathering_id>/book/", views.book, name="book"),
    path("events/<slug:council>/<uuid:gathering_id>/calendar/", views.calendar, name="calendar"),
    path("events/<slug:council>/<uuid:gathering_id>/thank-you/<slug:how>/", views.booked, name="booked"),
    path("your-booking/", own.page, name="booking"),
    path("your-booking/change/", own.change, name="booking_change"),
    path("your-booking/cancel/", own.cancel, name="booking_cancel"),
    path("your-booking/link/", own.closed, name="booking_closed"),
    path("your-booking/<str:token>/", own.open_page, name="booking_open"),
]
