"""What the outbox need not know for ever. A message about an enquiry goes with that enquiry, not here."""

from datetime import datetime
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from councils.models import Council
from councils.tenancy import as_council
from outbox.models import Message, Receipt

_kinds: set[str] = set()  # of subjects that no enquiry leads to; rooms above name theirs
_CLEARED = "cleared"  # a sent message has a reply, by a constraint
_EMPTY: dict[str, Any] = {
    **dict.fromkeys(("to_address", "subject", "text", "provider_id"), ""),
    "mime": b"",
    "smtp_reply": _CLEARED,
}


def goes_by_age(subject_kind: str) -> None:
    _kinds.add(subject_kind)


def clear_messages(council: Council, *, before: datetime) -> int:
    """Those to staff that ended before then: when, of what kind and how it ended stays."""
    with as_council(council):
        about_none = Q(to_staff=True) | Q(subject_id=None) | Q(subject_kind__in=_kinds)
        old = Message.objects.filter(about_none, council=council, settled_at__lt=before).exclude(to_address="")
        return old.update(**_EMPTY)


def empty(found: "QuerySet[Message]") -> int:
    """Those of these that have ended; when and how stays. Also the key by which they went once tells of nobody."""
    ended = found.exclude(settled_at=None).exclude(to_address="")
    return ended.update(dedupe_key=Cast("pk", CharField()), to_domain="", **_EMPTY)


def clear_reports(*, before: datetime) -> int:
    return Receipt.objects.filter(received_at__lt=before).delete()[0]
