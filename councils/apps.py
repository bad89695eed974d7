from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "councils"
    verbose_name = "Councils"

    def ready(self) -> None:
        from councils.tenancy import checks  # noqa: F401, PLC0415  # registers the system checks once models exist
