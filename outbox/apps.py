from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "outbox"

    def ready(self) -> None:
        """A check registers itself where it is imported."""
        from outbox import failpoints  # noqa: F401, PLC0415  # it reads settings, which are not there any sooner
