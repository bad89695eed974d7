"""A QR code with its address in letters below, for whoever has no camera. To print: SVG, or PNG.

Level M survives a crease or a stain; four light modules around it are what scanners need (ISO/IEC 18004).
"""

import io

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from PIL import Image, ImageDraw, ImageFont

QUIET, LEVEL = 4, "m"
_PIXELS = 24  # a module: a code of 33 modules is sharp at 8 cm and 300 dpi
_LINE = 5  # modules below it, for the letters
_LETTER = 0.62  # width of a letter, of its height
_TALLEST = 3.0


def svg(address: str, printed: str) -> SafeString:
    code = segno.make(address, error=LEVEL, micro=False)
    width, _ = code.symbol_size(border=QUIET)
    size = _letters(printed, width)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{wide}" height="{high}" '
        'role="img" aria-label="QR code: {printed}"><path fill="#fff" d="M0 0h{width}v{height}H0z"/>{modules}'
        '<text x="{middle}" y="{base}" text-anchor="middle" font-family="Arial, Helvetica, sans-serif" '
        'font-size="{size}" fill="#000">{printed}</text></svg>',
        width=width,
        height=width + _LINE,
        wide=width * 8,
        high=(width + _LINE) * 8,
        printed=printed,
        modules=mark_safe(code.svg_inline(border=QUIET, omitsize=True, svgclass=None, lineclass=None)),  # noqa: S308  # drawn by segno from modules
        middle=width / 2,
        base=width + _LINE / 2,
        size=f"{size:.2f}",
    )


def png(address: str, printed: str) -> bytes:
    code = segno.make(address, error=LEVEL, micro=False)
    drawn = io.BytesIO()
    code.save(drawn, kind="png", scale=_PIXELS, border=QUIET)
    modules = Image.open(drawn).convert("L")
    page = Image.new("L", (modules.width, modules.height + _LINE * _PIXELS), 255)
    page.paste(modules, (0, 0))
    font = ImageFont.load_default(size=_letters(printed, modules.width // _PIXELS) * _PIXELS)
    below = (modules.width / 2, modules.height + _PIXELS)
    ImageDraw.Draw(page).text(below, printed, fill=0, font=font, anchor="ma")
    written = io.BytesIO()
    page.save(written, "PNG", dpi=(300, 300), optimize=True)
    return written.getvalue()


def _letters(printed: str, width: float) -> float:
    """Height of a letter in modules, so that all of them fit."""
    return min(_TALLEST, (width - 2) / (len(printed) * _LETTER))
