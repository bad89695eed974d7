from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "staff"

    def ready(self) -> None:
        from staff import account_events, second_factor  # noqa: F401, PLC0415  # hear what allauth tells
