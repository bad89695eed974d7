"""What is made from a release beside its index. Web processes register here, so nothing that builds is imported."""

from collections.abc import Callable

from councils.postcodes.directory import Directory

FOLDER = "postcodes"
_made: list[Callable[[Directory], None]] = []


def when_loaded(make: Callable[[Directory], None]) -> None:
    """What upper rooms make from a release, and keep beside its index: called before it becomes the active one, and
    again with each start, so that what is there already is left alone."""
    _made.append(make)


def follow(index: Directory) -> None:
    for make in _made:
        make(index)
