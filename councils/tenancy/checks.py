"""System checks: a model on no list, and a foreign key that row-level security would not guard."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

from councils.tenancy.lists import Tenancy, models_on, tenancy_of
from councils.tenancy.models import AggregateManager, CouncilOwned, HubOwned, ScopedManager


@register()
def every_model_is_on_a_list(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(f"{model._meta.label} is on no tenancy list.", hint="Set `tenancy`.", obj=model, id="tenancy.E001")
        for model in apps.get_models(include_auto_created=True)
        if tenancy_of(model) is None
    ]


@register()
def council_owned_models_are_guarded(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return [message for model in models_on(Tenancy.COUNCIL) for message in _faults(model)]


@register()
def aggregates_are_guarded(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(f"{model._meta.label} does not inherit HubOwned and its Meta.", obj=model, id="tenancy.E005")
        for model in models_on(Tenancy.AGGREGATE)
        if not issubclass(model, HubOwned) or not isinstance(model._base_manager, AggregateManager)
    ]


def _faults(model: type[models.Model]) -> Iterator[CheckMessage]:
    if not issubclass(model, CouncilOwned) or not isinstance(model._base_manager, ScopedManager):
        yield Error(f"{model._meta.label} does not inherit CouncilOwned and its Meta.", obj=model, id="tenancy.E002")
    for field in model._meta.get_fields():
        if isinstance(field, models.OneToOneField | models.ManyToManyField) and not field.auto_created:
            yield Error(f"{field} makes a unique or a table without council_id.", obj=model, id="tenancy.E003")
        elif isinstance(field, models.ForeignKey) and _unguarded(field):
            yield Error(f"{field}: db_constraint=False and AddCouncilForeignKey.", obj=model, id="tenancy.E004")


def _unguarded(field: "models.ForeignKey[Any, Any]") -> bool:
    constrained: bool = field.db_constraint  # type: ignore[attr-defined]  # missing in the stubs
    return tenancy_of(field.related_model) is Tenancy.COUNCIL and constrained
