"""The whole real directory, indexed once for all test workers, and the hubs as the data files have them."""

import csv
import tomllib
from collections.abc import Callable
from datetime import date

import pytest

from councils.hub_data import DATA
from councils.postcodes import Directory, releases
from councils.postcodes.sources import CarriedByPackage, Rows
from councils.routes import AreaRef, Assignment, CouncilRef, HubRef, Route, Snapshot, decide, view_of


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
    with (DATA / "local_authorities.csv").open(newline="") as file:
        areas = tuple(AreaRef(*row.values()) for row in csv.DictReader(file))
    hubs, assignments = [], []
    for entry in tomllib.loads((DATA / "hubs.toml").read_text())["hub"]:
        hub = HubRef(entry["slug"], entry["name"], entry.get("phone", ""), entry.get("website", ""))
        hubs.append(hub)
        for item in entry["council"]:
            council = CouncilRef(
                len(assignments), item["slug"], item["name"], hub, item["authority"], item.get("phone", ""),
                item.get("website", ""),
            )  # fmt: skip
            assignments += [Assignment(a.code, council) for a in areas if a.authority_code == council.authority]
    return Snapshot(version=1, hubs=tuple(hubs), areas=areas, assignments=tuple(assignments))


Routed = Callable[..., Route]


@pytest.fixture
def routed(snapshot: Snapshot, directory: Directory) -> Routed:
    """The pure decision for the South East on a day before any reorganisation."""

    def ask(typed: str, *, by: Snapshot = snapshot, hub: str = "lafse", on: date = date(2026, 11, 22)) -> Route:
        return decide(typed, view_of(by, hub, on), directory)

    return ask
