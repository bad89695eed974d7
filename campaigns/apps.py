from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"

    def ready(self) -> None:
        """What happens by itself happens without Celery, too."""
        from campaigns import tasks  # noqa: PLC0415  # models load before this runs
        from campaigns.retention import register as retention  # noqa: PLC0415  # as above
        from outbox.rounds import each_minute  # noqa: PLC0415  # as above

        for task in tasks.EACH_MINUTE:
            each_minute(task)
        retention()
