from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "enquiries"

    def ready(self) -> None:
        """What happens by itself happens without Celery, too."""
        from enquiries import tasks  # noqa: PLC0415  # models load before this runs
        from enquiries.actions.unconfirmed import call_instead  # noqa: PLC0415  # as above
        from enquiries.leavers import OpenCases  # noqa: PLC0415  # as above
        from outbox.cancellations import when_cancelled  # noqa: PLC0415  # as above
        from outbox.rounds import each_minute  # noqa: PLC0415  # as above
        from staff.people.work import register  # noqa: PLC0415  # as above

        for task in tasks.EACH_MINUTE:
            each_minute(task)
        when_cancelled(call_instead)
        register(OpenCases())
