from django.urls import path

from outbox import mailbox_views

app_name = "mailbox"
urlpatterns = [
    path("", mailbox_views.index, name="index"),
    path("<uuid:message_id>/", mailbox_views.message, name="message"),
    path("<uuid:message_id>/html/", mailbox_views.html, name="html"),
]
