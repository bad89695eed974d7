import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

console = Console(highlight=False, soft_wrap=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """A spinner in a terminal, plain lines elsewhere; then what it took."""
    began = time.monotonic()
    if console.is_terminal:
        with console.status(f"{title}…"):
            yield
    else:
        yield
    say(f"[green]✓[/] {title} [dim]{time.monotonic() - began:.1f} s[/]")


def say(text: str) -> None:
    console.print(text)
    sys.stdout.flush()


def warn(text: str) -> None:
    console.print(f"[bold yellow]![/] {text}")
