"""One file: the same twice, once to be read (HTML) and once for machines (JSON), in a ZIP."""

import io
import json
import re
import zipfile
from dataclasses import asdict, replace
from datetime import datetime

from django.http import HttpResponse
from django.template.loader import render_to_string

from councils.working_time import in_london
from enquiries.rights.export import Holdings, Section

READ, MACHINES = "everything-held.html", "everything-held.json"
CONTENT_TYPE = "application/zip"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")  # London's already
EMPTY: tuple[object, ...] = (None, "", [], {})


def packed(holdings: Holdings) -> bytes:
    packed_up = io.BytesIO()
    with zipfile.ZipFile(packed_up, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry(READ, holdings.made_at), render_to_string("rights/everything.html", _shown(holdings)))
        text = json.dumps(asdict(holdings), ensure_ascii=False, indent=1, default=_told)
        archive.writestr(_entry(MACHINES, holdings.made_at), text)
    return packed_up.getvalue()


def as_answer(holdings: Holdings) -> HttpResponse:
    """To be saved, and kept by nobody on the way."""
    name = {"Content-Disposition": f'attachment; filename="{file_name(holdings.made_at)}"', "Cache-Control": "no-store"}
    return HttpResponse(packed(holdings), content_type=CONTENT_TYPE, headers=name)


def file_name(made_at: datetime) -> str:
    """Names nobody: it lies among other people's files."""
    return f"everything-held-{in_london(made_at):%Y-%m-%d}.zip"


def _entry(name: str, made_at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, in_london(made_at).timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _shown(holdings: Holdings) -> dict[str, object]:
    cases = [replace(part, sections=[_readable(section) for section in part.sections]) for part in holdings.cases]
    controllers = sorted({part.controller for part in cases})
    return {"holdings": replace(holdings, cases=cases), "controllers": controllers}


def _readable(section: Section) -> Section:
    return replace(section, rows=[{name: _in_words(value) for name, value in row.items()} for row in section.rows])


def _in_words(value: object) -> str:
    """Without brackets, quotation marks and what is empty: whoever it is about reads it, not whoever wrote it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return f"{datetime.fromisoformat(value):%-d %B %Y, %H:%M}"
    if isinstance(value, list | tuple):
        return ", ".join(map(_in_words, value))
    if isinstance(value, dict):
        said = {str(name).replace("_", " "): _in_words(each) for name, each in value.items() if each not in EMPTY}
        return "\n".join(f"{name}: {words.replace(chr(10), '; ')}" for name, words in said.items())
    return str(value)


def _told(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
