"""Addresses of the two sides of a conversation."""

from django.urls import path

from ambassadors.conversations import ambassador_views, enquirer_views

OF_ENQUIRER = [
    path("your-enquiry/talk/conversation/", enquirer_views.page, name="conversation"),
    path("your-enquiry/talk/conversation/agree/", enquirer_views.agree, name="agree"),
    path("your-enquiry/talk/conversation/other/", enquirer_views.other, name="other"),
    path("your-enquiry/talk/conversation/number/", enquirer_views.number, name="number"),
    path("your-enquiry/talk/conversation/number/take-back/", enquirer_views.take_number_back, name="take_number_back"),
    path("your-enquiry/talk/conversation/time/", enquirer_views.time, name="time"),
    path("your-enquiry/talk/conversation/calendar.ics", enquirer_views.calendar, name="calendar"),
    path("your-enquiry/talk/conversation/stop/", enquirer_views.stop, name="stop"),
    path("your-enquiry/talk/conversation/spoke/", enquirer_views.spoke, name="spoke"),
]
OF_AMBASSADOR = [
    path("conversation/<uuid:offer_id>/", ambassador_views.page, name="conversation"),
    path("conversation/<uuid:offer_id>/answer/", ambassador_views.answer, name="conversation_answer"),
    path("conversation/<uuid:offer_id>/time/", ambassador_views.time, name="conversation_time"),
    path("conversation/<uuid:offer_id>/calendar.ics", ambassador_views.calendar, name="conversation_calendar"),
    path("conversation/<uuid:offer_id>/stop/", ambassador_views.stop, name="conversation_stop"),
    path("conversation/<uuid:offer_id>/spoke/", ambassador_views.spoke, name="conversation_spoke"),
]
