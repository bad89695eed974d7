"""The whole real directory, indexed once for all test workers, and the hubs as the data files have them."""

from collections.abc import Callable
from datetime import date

import pytest

from councils.postcodes import Directory, releases
from councils.postcodes.sources import CarriedByPackage, Rows
from councils.routes import Route, Snapshot, decide, view_of
from tests.councils.snapshots import snapshot_of_files


@pytest.fixture(scope="session")
def rows() -> Rows:
    """The source itself, for checking the index against what it was made from."""
    return CarriedByPackage().rows()


@pytest.fixture(scope="session")
def directory() -> Directory:
    path, _ = releases.indexed(CarriedByPackage())
    return Directory(path)


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    return snapshot_of_files()


Routed = Callable[..., Route]


@pytest.fixture
def routed(snapshot: Snapshot, directory: Directory) -> Routed:
    """The pure decision for the South East on a day before any reorganisation."""

    def ask(typed: str, *, by: Snapshot = snapshot, hub: str = "lafse", on: date = date(2026, 11, 22)) -> Route:
        return decide(typed, view_of(by, hub, on), directory)

    return ask
