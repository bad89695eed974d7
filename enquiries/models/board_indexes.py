"""Indexes behind the list of enquiries and the counts of the first page.

Of a million cases three in a hundred are open, so what asks for open ones has small indexes of their own. Each ends in
what its list is sorted by, so that the first fifty are read and not all sorted; what else a list asks for is carried
along (`include`), so that rows which do not belong on it are passed by without being fetched.
"""

from django.db import models

_OPEN = models.Q(closed_at=None)
_MARKS = ("quarantined", "to_confirm", "email_fails", "check_council")

BOARD_INDEXES = [
    models.Index(
        fields=["council", "next_due_at", "id"],
        condition=_OPEN,
        include=["state", "kind", "owner", "first_seen_at", "promise_kept_at", "created_at"],
        name="enquiries_pressing",
    ),
    models.Index(fields=["council", "state", "next_due_at", "id"], condition=_OPEN, name="enquiries_in_state"),
    models.Index(fields=["council", "kind", "next_due_at", "id"], condition=_OPEN, name="enquiries_of_kind"),
    models.Index(fields=["council", "owner", "next_due_at", "id"], condition=_OPEN, name="enquiries_owned"),
    models.Index(  # of a colleague, closed ones too
        fields=["council", "owner", "created_at", "id"],
        condition=models.Q(owner__isnull=False),
        name="enquiries_owned_ever",
    ),
    models.Index(
        fields=["council", "promise_due_at"],
        condition=_OPEN & models.Q(promise_kept_at=None),
        include=["next_due_at", "id"],
        name="enquiries_promised",
    ),
    models.Index(
        fields=["council", "next_due_at", "id"],
        condition=_OPEN & models.Q(*((mark, True) for mark in _MARKS), _connector=models.Q.OR),
        include=list(_MARKS),
        name="enquiries_marked",
    ),
    models.Index(
        fields=["council", "wake_on"],
        condition=models.Q(state="not_yet"),
        include=["id"],
        name="enquiries_to_wake",
    ),
    models.Index(
        fields=["council", "closed_at", "id"],
        condition=models.Q(closed_at__isnull=False),
        include=["kind", "owner"],
        name="enquiries_ended",
    ),
    models.Index(
        fields=["council", "state", "closed_at", "id"],
        condition=models.Q(closed_at__isnull=False),
        include=["kind", "owner"],
        name="enquiries_ended_as",
    ),
    models.Index(fields=["council", "created_at", "id"], include=["kind", "owner"], name="enquiries_arrived"),
]
