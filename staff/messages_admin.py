"""Where the pages of messages stand in the admin site."""

from django.contrib import admin
from django.urls import URLPattern, path

from outbox.models import Message
from staff import messages_views
from staff.frame import StaffPages


@admin.register(Message)
class MessagePages(StaffPages):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(address, wrap(view), name=f"outbox_message_{name}")
            for address, view, name in (
                ("", messages_views.index, "changelist"),
                ("<uuid:message_id>/change/", messages_views.message, "change"),
                ("<uuid:message_id>/html/", messages_views.html, "html"),
                ("<uuid:message_id>/cancel/", messages_views.cancel, "cancel"),
                ("<uuid:message_id>/requeue/", messages_views.requeue, "requeue"),
            )
        ]
