"""A QR code with its address in letters below, for whoever has no camera. To print: SVG, or PNG.

Level M survives a crease or a stain; four light modules around it are what scanners need (ISO/IEC 18004).
"""

import io

import segno
from django.utils.html import escape
from PIL import Image, ImageDraw, ImageFont

QUIET, LEVEL = 4, "m"
_PIXELS = 24  # a module: a code of 33 modules is sharp at 8 cm and 300 dpi
_LINE = 5  # modules below it, for the letters
_LETTER = 0.57  # width of a letter, of its height
_TALLEST = 3.0


def svg(address: str, printed: str) -> str:
    code = segno.make(address, error=LEVEL, micro=False)
    width, _ = code.symbol_size(border=QUIET)
    height, words = width + _LINE, escape(printed)
    modules = code.svg_inline(border=QUIET, omitsize=True, svgclass=None, lineclass=None)
    paper = f'<path fill="#fff" d="M0 0h{width}v{height}H0z"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width * 8}" '
        f'height="{height * 8}" role="img" aria-label="QR code: {words}">'
        f'{paper}{modules}<text x="{width / 2}" y="{width + _LINE / 2}" text-anchor="middle" '
        f'font-family="Arial, Helvetica, sans-serif" font-size="{_letters(printed, width):.2f}">{words}</text></svg>'
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
