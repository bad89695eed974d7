"""Celery wakes things up; PostgreSQL remembers what is to be done. Losing every queued task loses nothing."""

import os
import sys
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging

from lafse.logs import uncaught

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lafse.settings")

app = Celery("lafse")
app.conf.update(  # a second config_from_object would replace the first
    {
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_ignore_result": True,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "worker_hijack_root_logger": False,
        "worker_soft_shutdown_timeout": 5.0,
        "task_publish_retry": False,  # a dead broker must not hold up a page
        "broker_connection_retry_on_startup": True,
        "broker_transport_options": {"socket_connect_timeout": 1, "socket_timeout": 5, "visibility_timeout": 300},
        "timezone": "Europe/London",
        "beat_schedule": {
            # Wake-ups that no worker fetched in time would only repeat each other.
            "deliver": {"task": "outbox.tasks.deliver", "schedule": 5.0, "options": {"expires": 5}},
            "deliver_campaigns": {
                "task": "outbox.tasks.deliver_campaigns",
                "schedule": 5.0,
                "options": {"expires": 5},
            },
            "fold": {"task": "dashboards.tasks.fold", "schedule": 10.0, "options": {"expires": 10}},
            "send_reports": {"task": "dashboards.tasks.send_reports", "schedule": 60.0, "options": {"expires": 60}},
            "remind_to_confirm": {
                "task": "dashboards.tasks.remind_to_confirm",
                "schedule": 60.0,
                "options": {"expires": 60},
            },
            "confirm_what_steps_told": {
                "task": "dashboards.tasks.confirm_what_steps_told",
                "schedule": 60.0,
                "options": {"expires": 60},
            },
            "make_releases": {"task": "dashboards.tasks.make_releases", "schedule": 60.0, "options": {"expires": 60}},
            "watch_unseen": {"task": "enquiries.tasks.watch_unseen", "schedule": 60.0, "options": {"expires": 60}},
            "follow_up": {"task": "enquiries.tasks.follow_up", "schedule": 60.0, "options": {"expires": 60}},
            "raise_bounced": {"task": "enquiries.tasks.raise_bounced", "schedule": 60.0, "options": {"expires": 60}},
            "escalate": {"task": "enquiries.tasks.escalate", "schedule": 60.0, "options": {"expires": 60}},
            "watch_handovers": {
                "task": "enquiries.tasks.watch_handovers",
                "schedule": 60.0,
                "options": {"expires": 60},
            },
            "send_digests": {"task": "enquiries.tasks.send_digests", "schedule": 60.0, "options": {"expires": 60}},
            "watch_records": {"task": "enquiries.tasks.watch_records", "schedule": 60.0, "options": {"expires": 60}},
            "erase_drafts": {"task": "enquiries.tasks.erase_drafts", "schedule": 60.0, "options": {"expires": 60}},
            **{
                name: {"task": f"ambassadors.tasks.{name}", "schedule": 60.0, "options": {"expires": 60}}
                for name in (
                    *("look_after_introductions", "propose_rounds", "tell_of_unread_concerns"),
                    *("keep_mentorships_to_dates", "remind_of_standings", "take_back_unanswered_invitations"),
                )
            },
            **{
                name: {"task": f"campaigns.tasks.{name}", "schedule": 60.0, "options": {"expires": 60}}
                for name in ("look_after_gatherings", "look_after_subscribers", "send_mailings")
            },
            "forget_ended_sessions": {
                "task": "staff.tasks.forget_ended_sessions",
                "schedule": crontab(hour="3", minute="20"),
            },
            "keep_no_longer": {"task": "enquiries.tasks.keep_no_longer", "schedule": crontab(hour="3", minute="40")},
        },
    }
)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logs(**options: Any) -> None:
    """Celery would add handlers of its own, which print what a task failed on."""
    sys.excepthook = uncaught
