from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "councils"
    verbose_name = "Councils"

    def ready(self) -> None:
        from councils import holdings_checks  # noqa: F401, PLC0415  # registers system checks once models exist
        from councils.tenancy import checks  # noqa: F401, PLC0415  # as above
