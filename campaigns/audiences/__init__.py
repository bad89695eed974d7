"""Whom an email goes to: segments, who is left out and why, and an audience that is fixed."""

from councils.refusals import Refused


class Changed(Refused):
    """Not as many as were shown. `now`: how many it would be."""

    def __init__(self, now: int) -> None:
        self.now = now
        people = "person" if now == 1 else "people"
        super().__init__(f"Meanwhile it is {now:,} {people}. Nothing has been fixed: look at the new number.")
