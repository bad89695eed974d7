from datetime import datetime
from random import Random
from uuid import UUID

from tests.year.people import Arrival


class Replies:
    def come_in(self, people: dict[UUID, Arrival], now: datetime, chance: Random) -> None:
        """What people write back."""
