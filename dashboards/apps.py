from functools import partial

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "dashboards"

    def ready(self) -> None:
        """Figures follow what happens, with Celery or without."""
        from councils.events import when_recorded  # noqa: PLC0415  # models load before this runs
        from councils.postcodes.following import when_loaded  # noqa: PLC0415  # as above
        from dashboards.actions.folding import fold_before_erasing  # noqa: PLC0415  # as above
        from dashboards.map.cells import make  # noqa: PLC0415  # as above
        from dashboards.tasks import EACH_MINUTE, fold  # noqa: PLC0415  # as above
        from enquiries.rights.erasing import before_erasing  # noqa: PLC0415  # as above
        from outbox.rounds import each_look, each_minute  # noqa: PLC0415  # as above
        from outbox.waking import Bell, call, wake_after_commit  # noqa: PLC0415  # as above

        ring = Bell(partial(call, "dashboards.tasks.fold")).ring
        when_recorded(partial(wake_after_commit, ring))
        each_look(fold)
        before_erasing(fold_before_erasing)
        for task in EACH_MINUTE:
            each_minute(task)
        when_loaded(make)
