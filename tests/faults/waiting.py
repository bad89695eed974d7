"""Everything is waited for by looking, and nothing for ever."""

import socket
import time
from collections.abc import Callable

TICK = 0.05


class TookTooLong(AssertionError):
    pass


def until(met: Callable[[], bool], *, within: float, what: str, tick: float = TICK) -> None:
    ends_at = time.monotonic() + within
    while not met():
        if time.monotonic() > ends_at:
            raise TookTooLong(f"after {within:.0f} s still not: {what}")
        time.sleep(tick)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def answers(port: int, *, within: float = 20) -> None:
    def accepts() -> bool:
        with socket.socket() as caller:
            return caller.connect_ex(("127.0.0.1", port)) == 0

    until(accepts, within=within, what=f"port {port} answers")
