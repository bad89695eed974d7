"""One file: the same twice, once to be read (HTML) and once for machines (JSON), in a ZIP."""

import io
import json
import zipfile
from dataclasses import asdict
from datetime import datetime

from django.template.loader import render_to_string

from councils.working_time import in_london
from enquiries.rights.export import Holdings

READ, MACHINES = "everything-held.html", "everything-held.json"
CONTENT_TYPE = "application/zip"


def packed(holdings: Holdings) -> bytes:
    packed_up = io.BytesIO()
    with zipfile.ZipFile(packed_up, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry(READ, holdings.made_at), render_to_string("rights/everything.html", _shown(holdings)))
        text = json.dumps(asdict(holdings), ensure_ascii=False, indent=1, default=_told)
        archive.writestr(_entry(MACHINES, holdings.made_at), text)
    return packed_up.getvalue()


def file_name(made_at: datetime) -> str:
    """Names nobody: it lies among other people's files."""
    return f"everything-held-{in_london(made_at):%Y-%m-%d}.zip"


def _entry(name: str, made_at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, in_london(made_at).timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _shown(holdings: Holdings) -> dict[str, object]:
    return {"holdings": holdings, "controllers": sorted({part.controller for part in holdings.cases})}


def _told(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
