from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "staff"

    def ready(self) -> None:
        from staff import second_factor  # noqa: F401, PLC0415  # hears when allauth adds or removes one
