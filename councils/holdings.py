"""What is held on people: each model says which of its fields are personal, and what becomes of them.

A field of words, codes, dates or bytes is on one of two lists: personal, or staying. What figures are made of stays
when a person is erased: states, reasons, times, ids. A system check fails on a field that is on neither list, and on a
personal one that no retention rule reaches. Rooms above declare on their own models, and are reached in this way
without being known here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.apps import apps
from django.db import models

from councils.retention_names import Kept


class Whose(StrEnum):
    ENQUIRER = "People who enquire, and whom they live with"
    AMBASSADOR = "Ambassadors"
    STAFF = "Staff"
    NOBODY = "Nobody"


@dataclass(frozen=True)
class Personal:
    """`fields`: the personal ones, and what stands there when they are emptied. `by`: what holds the key of the case
    that the row is about, or of something of that case's (`subject_id`). `removed`: the whole row goes. `guarded`: may
    be kept from the person themselves (Data Protection Act 2018, Schedule 3): whoever answers decides. `others`:
    fields that tell of somebody else; `known`: rows that the person has heard of. The rest is not given to them."""

    whose: Whose
    kept: Kept
    fields: Mapping[str, object] = field(default_factory=dict)
    stays: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    removed: bool = False
    guarded: bool = False
    others: tuple[str, ...] = ()
    known: models.Q | None = None


def removed(
    *fields: str, by: tuple[str, ...] = ("enquiry",), stays: tuple[str, ...] = (), guarded: bool = False
) -> Personal:
    """The row goes with its case."""
    return Personal(Whose.ENQUIRER, Kept.CASE, dict.fromkeys(fields, ""), stays, by, removed=True, guarded=guarded)


def emptied(
    fields: Mapping[str, object], *, by: tuple[str, ...] = ("enquiry",), stays: tuple[str, ...] = ()
) -> Personal:
    """The row stays for the figures and tells nothing of anybody."""
    return Personal(Whose.ENQUIRER, Kept.CASE, fields, stays, by)


def ends_by_itself(kept: Kept, *fields: str, whose: Whose, stays: tuple[str, ...] = ()) -> Personal:
    """No case leads there, or it must outlive the case: it goes by a rule of its own."""
    return Personal(whose, kept, dict.fromkeys(fields, ""), stays)


def nothing_personal(*stays: str, by: tuple[str, ...] = ()) -> Personal:
    """Codes, times and ids. `by`: of a case all the same, so whoever asks what is held on them is told."""
    return Personal(Whose.NOBODY, Kept.FOREVER, {}, stays, by)


# Third parties' models cannot carry the attribute.
THIRD_PARTY: Mapping[str, Personal] = {
    "auth.permission": nothing_personal("name", "codename"),
    "auth.group": nothing_personal("name"),
    "contenttypes.contenttype": nothing_personal("app_label", "model"),
    "sessions.session": ends_by_itself(Kept.SESSION, "session_key", "session_data", whose=Whose.STAFF),
    "account.emailaddress": ends_by_itself(Kept.STAFF_ACCOUNT, "email", whose=Whose.STAFF),
    "account.emailconfirmation": ends_by_itself(Kept.STAFF_ACCOUNT, "key", whose=Whose.STAFF),
    "mfa.authenticator": ends_by_itself(Kept.STAFF_ACCOUNT, "data", whose=Whose.STAFF),
    "socialaccount.socialapp": nothing_personal(
        "provider", "provider_id", "name", "client_id", "secret", "key", "settings"
    ),
    "socialaccount.socialaccount": ends_by_itself(
        Kept.STAFF_ACCOUNT, "uid", "extra_data", whose=Whose.STAFF, stays=("provider",)
    ),
    "socialaccount.socialtoken": ends_by_itself(Kept.STAFF_ACCOUNT, "token", "token_secret", whose=Whose.STAFF),
    "usersessions.usersession": ends_by_itself(
        Kept.SESSION, "ip", "session_key", "user_agent", "data", whose=Whose.STAFF
    ),
    "admin.logentry": nothing_personal("object_id", "object_repr", "change_message"),  # never written: no grant on it
}


def personal_of(model: type[models.Model]) -> Personal | None:
    own: Personal | None = getattr(model, "personal", None)
    return own or THIRD_PARTY.get(model._meta.label_lower)


def holdings() -> Iterator[tuple[type[models.Model], Personal]]:
    """Every model that has said what it holds."""
    for model in apps.get_models(include_auto_created=True):
        if told := personal_of(model):
            yield model, told


def held_by_case() -> Iterator[tuple[type[models.Model], Personal]]:
    """Those whose rows a case leads to, and that change when it is erased."""
    return ((model, told) for model, told in told_by_case() if told.fields or told.removed)


def told_by_case() -> Iterator[tuple[type[models.Model], Personal]]:
    """Those whose rows a case leads to."""
    return ((model, told) for model, told in holdings() if told.by)
