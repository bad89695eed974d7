"""System checks: a field that nobody has said anything about, and a personal one that is kept without a rule."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.postgres.fields import ArrayField
from django.core.checks import CheckMessage, Error, register
from django.db import models

from councils.holdings import Personal, personal_of
from councils.retention_names import Kept
from councils.tenancy.lists import Tenancy, tenancy_of

# What somebody may type something into, or from which a person could be told. Codes from a list are neither.
_TELLING = (
    *(models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField, models.DateField),
    *(models.GenericIPAddressField, ArrayField),
)


@register()
def every_personal_field_is_told_of(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return [message for model in apps.get_models(include_auto_created=True) for message in faults_of(model)]


def faults_of(model: type[models.Model]) -> Iterator[CheckMessage]:
    told = personal_of(model)
    telling = {field.name for field in model._meta.local_concrete_fields if is_telling(field)}
    if told is None:
        if telling:
            yield Error(f"{model._meta.label} does not say what it holds on people.", obj=model, id="holdings.E001")
        return
    listed = [*told.fields, *told.stays]
    for name in sorted(telling - set(listed)):
        yield Error(f"{model._meta.label}.{name}: personal, or staying?", obj=model, id="holdings.E002")
    names = {field.name for field in model._meta.local_concrete_fields}
    for name in sorted({name for name in listed if name not in names or listed.count(name) > 1}):
        yield Error(f"{model._meta.label}.{name} is no field, or listed twice.", obj=model, id="holdings.E003")
    yield from _without_an_end(model, told)


def _without_an_end(model: type[models.Model], told: Personal) -> Iterator[CheckMessage]:
    if told.fields and told.kept is Kept.FOREVER:
        yield Error(f"{model._meta.label}: personal, and no rule ends it.", obj=model, id="holdings.E004")
    if told.kept is Kept.CASE and not told.by and tenancy_of(model) is Tenancy.COUNCIL:
        yield Error(f"{model._meta.label}: kept with a case, and no case leads there.", obj=model, id="holdings.E005")


def is_telling(field: "models.Field[Any, Any]") -> bool:
    if isinstance(field, models.DateTimeField) or (isinstance(field, models.CharField) and field.choices):
        return False
    return isinstance(field, _TELLING)
