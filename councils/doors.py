"""Open and find doors. Whoever arrives with a token has no scope yet."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q

from councils.clock import HubNow, hub_now
from councils.models.doors import Door, DoorPurpose
from councils.models.hubs import Council


def token_hash(token: str, purpose: str) -> str:
    return hashlib.sha256(f"{purpose}:{token}".encode()).hexdigest()


def open_door(*, purpose: DoorPurpose, council: Council | int, subject_id: UUID, expires_at: datetime) -> str:
    """A new token of 256 random bits; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    Door.objects.create(
        token_hash=token_hash(token, purpose),
        purpose=purpose,
        council_id=council if isinstance(council, int) else council.pk,
        subject_id=subject_id,
        expires_at=expires_at,
    )
    return token


def open_doors(
    lasting: Mapping[DoorPurpose, timedelta], *, council: Council | int, subject_id: UUID
) -> dict[DoorPurpose, str]:
    """A token for each purpose, in one insert."""
    council_id, now = council if isinstance(council, int) else council.pk, hub_now()
    tokens = {purpose: _token(purpose) for purpose in lasting}
    Door.objects.bulk_create(
        Door(
            token_hash=token_hash(token, purpose),
            purpose=purpose,
            council_id=council_id,
            subject_id=subject_id,
            expires_at=now + lasting[purpose],
        )
        for purpose, token in tokens.items()
    )
    return tokens


def _token(purpose: DoorPurpose) -> str:
    """A reply's stands in an address: mail systems change its case, and 64 letters are all that fit before the @."""
    return secrets.token_hex(24) if purpose == DoorPurpose.REPLY else secrets.token_urlsafe(32)


def find_door(token: str, purpose: DoorPurpose) -> Door | None:
    """None for one that never was and for one that has expired alike."""
    return Door.objects.filter(token_hash=token_hash(token, purpose), purpose=purpose, expires_at__gt=HubNow()).first()


def find_door_even_closed(token: str, purpose: DoorPurpose) -> Door | None:
    """Whoever brings the token of one that has expired may be sent a new one, and nothing else."""
    return Door.objects.filter(token_hash=token_hash(token, purpose), purpose=purpose).first()


def door_by_key(key: int, purpose: DoorPurpose) -> Door | None:
    """For whoever has brought the token before and holds a signed word of ours that says so."""
    return Door.objects.filter(pk=key, purpose=purpose, expires_at__gt=HubNow()).first()


def close_doors(purpose: DoorPurpose, *, subject_id: UUID) -> None:
    Door.objects.filter(purpose=purpose, subject_id=subject_id, expires_at__gt=HubNow()).update(expires_at=HubNow())


def clear_doors(*, before: datetime, forms_before: datetime) -> int:
    """Those that closed before then. Nobody brings a form's token again once the form is gone."""
    old = Q(expires_at__lt=before) | Q(purpose=DoorPurpose.FORM, expires_at__lt=forms_before)
    return Door.objects.filter(old).delete()[0]


def lead_elsewhere(subject_id: UUID, *, council: Council | int, to: UUID) -> None:
    """Every door of a case, closed ones too: what was mailed before leads to the case that goes on. Lock the case."""
    council_id = council if isinstance(council, int) else council.pk
    Door.objects.filter(subject_id=subject_id).update(council=council_id, subject_id=to)


def lead_door_to(door: Door, subject_id: UUID) -> None:
    """One door only, within its council."""
    Door.objects.filter(pk=door.pk).update(subject_id=subject_id)


def lead_on(subject_id: UUID, *, to: UUID) -> list[int]:
    """Every door of a case, within its council; which they were, so that they can be led back."""
    doors = Door.objects.filter(subject_id=subject_id)
    keys = list(doors.values_list("pk", flat=True))
    doors.update(subject_id=to)
    return keys


def lead_back(keys: list[int], *, away_from: UUID, to: UUID) -> None:
    """Those that still lead there."""
    Door.objects.filter(pk__in=keys, subject_id=away_from).update(subject_id=to)


def where_it_leads_now(door: Door) -> Door | None:
    """None where it leads as before. Whoever waited for the lock of a case asks: it may have gone on elsewhere."""
    return Door.objects.filter(pk=door.pk).exclude(subject_id=door.subject_id).first()


def take_door(
    token: str, *, purpose: DoorPurpose, council: Council, subject_id: UUID, expires_at: datetime
) -> Door | None:
    """Settle a race: the first to bring this token gets None (it has the door); the others get the winner's door.

    The insert waits for a rival's open transaction, so it must run inside the transaction that does the work.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [token_hash(token, purpose), purpose, council.pk, subject_id, expires_at])
        row = dict(zip(_DOOR, cursor.fetchone(), strict=True))
    return None if row["subject_id"] == subject_id else Door(**row)


_DOOR = ("id", "token_hash", "purpose", "council_id", "subject_id", "created_at", "expires_at")
# One statement: a change that changes nothing, so that whoever comes second is given the row that stands.
_TAKE = f"""
    INSERT INTO councils_door (token_hash, purpose, council_id, subject_id, expires_at) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (token_hash) DO UPDATE SET token_hash = councils_door.token_hash RETURNING {", ".join(_DOOR)}
"""  # noqa: S608  # names of columns, ours
