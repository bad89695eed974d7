"""Plausible enquiries by the thousand: `fill(enquiries=…, seed=…)`. `manage.py seed_demo` calls it.

The same seed on the same day in the same database gives the same rows, byte for byte: keys are drawn from the seed, and
every time is counted from midnight of the day (`as_of`, by default today). A hundred cases are drawn at a time, each
hundred from a chance of its own, so that processes can share the work.
"""

from lafse.demo.seed.filling import AlreadySown, fill, is_sown
from lafse.demo.seed.world import Past

__all__ = ["AlreadySown", "Past", "fill", "is_sown"]
