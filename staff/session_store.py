"""Sessions that end: an hour after the last page (STAFF_IDLE_MINUTES), and half a day after the log-in in any case.

Both ends are one time, in the row that Django asks for anyway: no further query, and at most one write a minute. The
times are those of Django's own sessions; we look at differences of two of them, and at no clock.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions

if TYPE_CHECKING:  # models are not loaded yet when Django asks for this module
    from django.contrib.sessions.models import Session

AT_MOST = timedelta(hours=12)
ENDS = "ends"  # in the session: when it is over however busy somebody is
WRITE_EVERY = timedelta(minutes=1)
_MOMENT = timedelta(seconds=60)


class SessionStore(DatabaseSessions):
    row_ends: "datetime | None" = None

    def _get_session_from_db(self) -> "Session | None":
        found: Session | None = super()._get_session_from_db()  # type: ignore[misc]  # not in the stubs
        self.row_ends = found.expire_date if found else None
        return found

    def get_expiry_date(self, **given: Any) -> datetime:
        idle = super().get_expiry_date(**given)
        last = None if "expiry" in given else self.get(ENDS)
        return min(idle, datetime.fromisoformat(last)) if last else idle

    def begin(self) -> None:
        """At the log-in."""
        self[ENDS] = (self._now() + AT_MOST).isoformat()

    def is_due(self) -> bool:
        """Its row was written long enough ago for this page to put the end off."""
        return self.row_ends is not None and self.get_expiry_date() - self.row_ends >= WRITE_EVERY

    def seconds_left(self) -> int:
        """If no other page is asked for."""
        ends = self.get_expiry_date() if self.modified or self.row_ends is None else self.row_ends
        return max(0, int((ends - self._now()).total_seconds()))

    def seconds_at_most(self) -> int:
        """If one is asked for now."""
        return int((self.get_expiry_date() - self._now()).total_seconds())

    def _now(self) -> datetime:
        return super().get_expiry_date(expiry=_MOMENT.seconds) - _MOMENT
