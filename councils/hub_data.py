"""The facts in councils/data (hubs.toml, local_authorities.csv) brought into the database, as often as one likes.

A setting that a council has changed since (duty mailbox, opening hours, promise) is not in the files and is left alone.
An assignment of areas that differs from the file is left alone too: dates of a reorganisation are entered as data.
"""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.db import models, transaction

from councils.models import Area, Council, CouncilArea, CouncilKind, Hub

M = TypeVar("M", bound=models.Model)
DATA = Path(__file__).parent / "data"
_HUB_FIELDS = ("name", "short_name", "website", "phone", "email", "lead_authority", "launched", "membership_complete")
_COUNCIL_FIELDS = ("code", "name", "fostering_service", "phone", "email", "website", "contact_as_of", "minimum_age")


@dataclass
class Changes:
    """What loading did, in words; `unchanged` counts rows that already stood so."""

    made: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0


@transaction.atomic
def load(folder: Path = DATA) -> Changes:
    changes = Changes()
    _load_areas(folder / "local_authorities.csv", changes)
    for entry in tomllib.loads((folder / "hubs.toml").read_text())["hub"]:
        _load_hub(entry, changes)
    return changes


def _load_areas(path: Path, changes: Changes) -> None:
    with path.open(newline="") as file:
        wanted = {row["area_code"]: row for row in csv.DictReader(file)}
    known = {area.code: area for area in Area.objects.all()}
    for code, row in wanted.items():
        values = {
            "name": row["area_name"],
            "authority_code": row["authority_code"],
            "authority_name": row["authority_name"],
        }
        _settle(known.get(code) or Area(code=code), values, f"area {code}", changes, new=code not in known)


def _load_hub(entry: dict[str, Any], changes: Changes) -> None:
    hub = Hub.objects.filter(slug=entry["slug"]).first()
    values = {name: entry[name] for name in _HUB_FIELDS if name in entry}
    values.setdefault("short_name", entry["name"])
    hub = _settle(hub or Hub(slug=entry["slug"]), values, f"hub {entry['slug']}", changes, new=hub is None)
    for council in entry["council"]:
        _load_council(hub, council, changes)
    _load_office(hub, entry, changes)


def _load_council(hub: Hub, entry: dict[str, Any], changes: Changes) -> None:
    council = Council.objects.filter(slug=entry["slug"]).first()
    values = {name: entry[name] for name in _COUNCIL_FIELDS if name in entry}
    values |= {"hub_id": hub.pk, "authority_code": entry["authority"], "kind": CouncilKind.COUNCIL}
    council = _settle(
        council or Council(slug=entry["slug"]), values, f"council {entry['slug']}", changes, new=council is None
    )
    _assign_areas(council, changes)


def _load_office(hub: Hub, entry: dict[str, Any], changes: Changes) -> None:
    slug = f"{hub.slug}-office"
    office = Council.objects.filter(slug=slug).first()
    values = {
        "hub_id": hub.pk,
        "kind": CouncilKind.HUB_OFFICE,
        "code": entry["office_code"],
        "name": f"{hub.name} (hub office)",
    }
    values |= {"fostering_service": hub.name, "phone": hub.phone, "email": hub.email, "website": hub.website}
    _settle(office or Council(slug=slug), values, f"hub office {slug}", changes, new=office is None)


def _assign_areas(council: Council, changes: Changes) -> None:
    """Every district of the authority, without dates, unless somebody has given the district dates already."""
    assigned = set(CouncilArea.objects.values_list("area_code", flat=True))
    for code in _districts(council.authority_code):
        if code in assigned:
            changes.unchanged += 1
        else:
            CouncilArea.objects.create(council=council, area_code=code)
            changes.made.append(f"{council.slug} answers for {code}")


def _districts(authority: str) -> Iterator[str]:
    yield from Area.objects.filter(authority_code=authority).order_by("code").values_list("code", flat=True)


def _settle(row: M, values: dict[str, Any], name: str, changes: Changes, *, new: bool) -> M:
    different = sorted(field for field, value in values.items() if getattr(row, field) != value)
    for field_name in different:
        setattr(row, field_name, values[field_name])
    if new:
        row.save(force_insert=True)
        changes.made.append(name)
    elif different:
        row.save(update_fields=different)
        changes.changed.append(f"{name}: {', '.join(different)}")
    else:
        changes.unchanged += 1
    return row
