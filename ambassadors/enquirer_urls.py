"""What "Your enquiry" adds for talking to somebody who fosters."""

from django.urls import URLPattern, path

from ambassadors.concerns import enquirer_views as concerns
from ambassadors.conversations.urls import OF_ENQUIRER

app_name = "talk"
urlpatterns: list[URLPattern] = [
    path("your-enquiry/concern/", concerns.concern, name="concern"),
    path("your-enquiry/concern/sent/", concerns.sent, name="concern_sent"),
    *OF_ENQUIRER,
]
