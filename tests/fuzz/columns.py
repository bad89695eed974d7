"""Which columns can hold a word, and which rows are another council's: read from the models, so that a new table is
covered on the day it is written."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from psycopg2 import sql

from councils.models import Council, User
from councils.tenancy import Tenancy, tenancy_of
from tests.fuzz.canary import CANARY

Model = type[models.Model]
# System and shared tables that point at no council and no person, or whose words are for everybody.
UNTIED = {
    "account.emailconfirmation": "keys of addresses, unused",
    "admin.logentry": "the app has no grant on it",
    "auth.permission": "names of models",
    "auth.group": "unused",
    "auth.group_permissions": "unused",
    "contenttypes.contenttype": "names of models",
    "councils.area": "public places",
    "councils.councilarea": "public places",
    "councils.hub": "public",
    "councils.postcodeoverride": "public places",
    "councils.postcoderelease": "public places",
    "councils.routingversion": "a number",
    "dashboards.annotation": "a hub's own words, for its staff",
    "dashboards.folded": "until when a hub's figures are made",
    "dashboards.release": "what a hub lets out",
    "dashboards.report": "which of a hub's staff are sent its figures",
    "dashboards.rule": "how a hub shows its figures",
    "enquiries.draft": "sealed with a key that the visitor alone holds",
    "outbox.allowance": "counts of a provider",
    "outbox.circuit": "states of a provider",
    "outbox.receipt": "ids of a provider",
    "outbox.sendingrelease": "the deployment",
    "outbox.suppression": "keyed hashes, a hub's",
    "sessions.session": "filled by hand: its owner stands inside",
    "socialaccount.socialapp": "unused: staff.SignOn stands in its place",
    "socialaccount.socialtoken": "not stored",
    "staff.signon": "filled by hand: its councils stand beside it",
}
# Columns that everybody may read.
PUBLIC = {
    "campaigns.code": frozenset(("code", "path", "label")),
    "campaigns.gathering": frozenset(("title", "about", "venue", "address", "postcode", "access", "contact")),
    "councils.council": frozenset(
        ("slug", "code", "name", "authority_code", "fostering_service", "phone", "email", "website", "contact_as_of")
    ),
}


@dataclass(frozen=True)
class Tie:
    """`column` of the table points at a council, or at a person."""

    model: Model
    column: str
    to: Model


def watched_models() -> Iterator[Model]:
    """Tables whose rows are somebody's."""
    for model in apps.get_models(include_auto_created=True):
        if tie_of(model):
            yield model


def tie_of(model: Model) -> Tie | None:
    """The council goes before the person."""
    if model in (Council, User):
        return Tie(model, "id", model)
    if model._meta.label_lower in UNTIED:
        return None
    keys = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    for target in (Council, User):
        for key in sorted(keys, key=lambda field: (field.null, field.name not in ("council", "user"))):
            if key.related_model is target:
                return Tie(model, key.column, target)
    return None


def unclassified() -> list[str]:
    """Tables that are nobody's and on no list."""
    return [
        model._meta.label_lower
        for model in apps.get_models(include_auto_created=True)
        if tenancy_of(model) is not None and tie_of(model) is None and model._meta.label_lower not in UNTIED
    ]


def text_fields(model: Model) -> Iterator["models.Field[object, object]"]:
    public = PUBLIC.get(model._meta.label_lower, frozenset())
    for field in model._meta.concrete_fields:
        if holds_words(field) and field.name not in public and not field.primary_key:
            yield field


def holds_words(field: "models.Field[object, object]") -> bool:
    """Not a code from a list of ours, and long enough for the word."""
    if isinstance(field, ArrayField):
        return holds_words(field.base_field)
    words = isinstance(field, models.CharField | models.TextField | models.JSONField | models.BinaryField)
    length = getattr(field, "max_length", None)
    return words and not field.choices and not (length and length < len(CANARY))


def singing(field: "models.Field[object, object]", row: sql.Composable, said: str = CANARY) -> sql.Composable:
    """An expression: the word in the shape of the column, told apart by the row (its key, as text)."""
    if isinstance(field, ArrayField):
        return sql.SQL("ARRAY[{}]").format(singing(field.base_field, row, said))
    place = sql.Literal(f".{field.model._meta.db_table}.{field.column}" if hasattr(field, "model") else "")
    word = sql.SQL("({} || left(md5({}), 6) || {})").format(sql.Literal(said), row, place)
    if isinstance(field, models.JSONField):
        shape = "jsonb_build_array({})" if field.get_default() == [] else "jsonb_build_object('name', {})"
        return sql.SQL(shape).format(word)
    if isinstance(field, models.BinaryField):
        return sql.SQL("convert_to({}, 'UTF8')").format(word)
    length = getattr(field, "max_length", None)
    return sql.SQL("left({}, {})").format(word, sql.Literal(length)) if length else word


def key_of(model: Model) -> sql.Identifier:
    return sql.Identifier(str(model._meta.pk.column))


def tenant_models() -> list[Model]:
    return [model for model in watched_models() if tenancy_of(model) in (Tenancy.COUNCIL, Tenancy.AGGREGATE)]
