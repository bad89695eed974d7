"""Hubs, councils and areas straight from the data files, for what needs no database."""

import csv
import tomllib
from pathlib import Path

from councils.routes import AreaRef, Assignment, CouncilRef, HubRef, Snapshot

DATA = Path(__file__).resolve().parents[2] / "councils" / "data"


def snapshot_of_files() -> Snapshot:
    with (DATA / "local_authorities.csv").open(newline="") as file:
        areas = tuple(AreaRef(*row.values()) for row in csv.DictReader(file))
    hubs: list[HubRef] = []
    assignments: list[Assignment] = []
    for entry in tomllib.loads((DATA / "hubs.toml").read_text())["hub"]:
        hubs.append(HubRef(entry["slug"], entry["name"], entry.get("phone", ""), entry.get("website", "")))
        for item in entry["council"]:
            council = CouncilRef(
                id=len(assignments),
                slug=item["slug"],
                name=item["name"],
                hub=hubs[-1],
                authority=item["authority"],
                phone=item.get("phone", ""),
                website=item.get("website", ""),
            )
            assignments += [
                Assignment(area.code, council) for area in areas if area.authority_code == council.authority
            ]
    return Snapshot(version=1, hubs=tuple(hubs), areas=areas, assignments=tuple(assignments))
