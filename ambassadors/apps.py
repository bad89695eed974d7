from django.apps import AppConfig


class AmbassadorsConfig(AppConfig):
    name = "ambassadors"

    def ready(self) -> None:
        """What happens by itself happens without Celery, too."""
        from ambassadors import tasks  # noqa: PLC0415  # models load before this runs
        from ambassadors.concerns import parts as concerns  # noqa: PLC0415  # as above
        from ambassadors.conversations.enquirer_page import part_of  # noqa: PLC0415  # as above
        from ambassadors.matched import case_part  # noqa: PLC0415  # as above
        from ambassadors.mentors import parts as mentors  # noqa: PLC0415  # as above
        from ambassadors.own.parts import register as own  # noqa: PLC0415  # as above
        from ambassadors.relay import register as relay  # noqa: PLC0415  # as above
        from enquiries.more_parts import on_own_page  # noqa: PLC0415  # as above
        from outbox.rounds import each_minute  # noqa: PLC0415  # as above

        for task in tasks.EACH_MINUTE:
            each_minute(task)
        on_own_page(part_of)
        concerns.register()
        mentors.register()
        case_part.register()
        own()
        relay.register()
