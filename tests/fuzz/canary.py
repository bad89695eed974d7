"""The word, and where it is looked for."""

import io
import zipfile
from urllib.parse import unquote_plus

CANARY = "zqcanary"
_IN_HEX = CANARY.encode().hex()  # as PostgreSQL writes bytes


def heard_in(text: str) -> str:
    """What stands around it; empty where it does not sing."""
    for plain in (text.casefold(), unquote_plus(text).casefold()):
        for word in (CANARY, _IN_HEX):
            at = plain.find(word)
            if at >= 0:
                return plain[max(0, at - 80) : at + 80]
    return ""


def heard_in_bytes(content: bytes) -> str:
    """A spreadsheet is opened first: it is a ZIP file."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return next(
                filter(None, (heard_in(archive.read(name).decode(errors="replace")) for name in archive.namelist())), ""
            )
    return heard_in(content.decode(errors="replace"))
