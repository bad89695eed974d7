import signal
from types import FrameType


class Stop(Exception):
    """Somebody pressed Ctrl-C, or asked by signal. Not an error."""


def raise_stop_on_signals() -> None:
    """Ours, whatever we inherit: a script's background job starts with SIGINT set to "ignore"."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _raise_stop)


def ignore_signals() -> None:
    """We are stopping already."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _raise_stop(_number: int, _frame: FrameType | None) -> None:
    raise Stop
