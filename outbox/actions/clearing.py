"""What the outbox need not know for ever. A message about an enquiry goes with that enquiry, not here."""

from datetime import datetime

from django.db.models import Q

from councils.models import Council
from councils.tenancy import as_council
from outbox.models import Message, Receipt

_kinds: set[str] = set()  # of subjects that no enquiry leads to; rooms above name theirs
_CLEARED = "cleared"  # a sent message has a reply, by a constraint


def goes_by_age(subject_kind: str) -> None:
    _kinds.add(subject_kind)


def clear_messages(council: Council, *, before: datetime) -> int:
    """Those to staff that ended before then: when, of what kind and how it ended stays."""
    with as_council(council):
        about_none = Q(to_staff=True) | Q(subject_id=None) | Q(subject_kind__in=_kinds)
        old = Message.objects.filter(about_none, council=council, settled_at__lt=before).exclude(to_address="")
        return old.update(to_address="", subject="", text="", mime=b"", smtp_reply=_CLEARED, provider_id="")


def clear_reports(*, before: datetime) -> int:
    return Receipt.objects.filter(received_at__lt=before).delete()[0]
