from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"

    def ready(self) -> None:
        """What happens by itself happens without Celery, too."""
        from campaigns import tasks  # noqa: PLC0415  # models load before this runs
        from campaigns.actions.expanding import refill_outbox  # noqa: PLC0415  # as above
        from campaigns.came.codes import known_code  # noqa: PLC0415  # as above
        from campaigns.gatherings import case_part  # noqa: PLC0415  # as above
        from campaigns.mailings.leaving import may_leave  # noqa: PLC0415  # as above
        from campaigns.retention import register as retention  # noqa: PLC0415  # as above
        from campaigns.rights import register as rights  # noqa: PLC0415  # as above
        from enquiries.coming import codes_are_known_by  # noqa: PLC0415  # as above
        from outbox.confidential import opens_own_pages  # noqa: PLC0415  # as above
        from outbox.permits import asks_before_leaving  # noqa: PLC0415  # as above
        from outbox.refilling import writes_for_senders  # noqa: PLC0415  # as above
        from outbox.rounds import each_minute  # noqa: PLC0415  # as above

        for task in tasks.EACH_MINUTE:
            each_minute(task)
        retention()
        rights()
        opens_own_pages("mailing", "news_confirm")
        codes_are_known_by(known_code)
        asks_before_leaving("mailing", may_leave)
        writes_for_senders(refill_outbox)
        case_part.register()
