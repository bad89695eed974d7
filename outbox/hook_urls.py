from django.urls import path

from outbox import hook_views

app_name = "hooks"
urlpatterns = [
    path("notify/", hook_views.notify, name="notify"),
    path("mail-events/", hook_views.mail_events, name="mail_events"),
]
