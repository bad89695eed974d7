"""What "Your enquiry" adds for talking to somebody who fosters."""

from django.urls import URLPattern

app_name = "talk"
urlpatterns: list[URLPattern] = []
