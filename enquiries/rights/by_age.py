"""What no case leads to, and the eraser alone may remove: it goes by its age. Rooms above register theirs."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from councils.retention_names import Kept
from enquiries.rights.purposes import clear_purposes

Job = Callable[[], int]
_jobs: dict[Kept, Job] = {Kept.EXPORT_PURPOSE: clear_purposes}
BY_AGE: Mapping[Kept, Job] = MappingProxyType(_jobs)


def goes_by_age(kept: Kept, job: Job) -> None:
    """`job` works as the eraser's log-in and answers how many rows it removed or emptied; safe to run again."""
    _jobs[kept] = job


def clear_by_age() -> int:
    return sum(job() for job in _jobs.values())
