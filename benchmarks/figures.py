"""A table of figures: what was measured, beside what was promised."""

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Figure:
    """`met` is None for a figure without a target."""

    what: str
    measured: str
    target: str
    met: bool | None


def show(title: str, figures: Sequence[Figure]) -> int:
    """Print; 1 if any target was missed."""
    table = Table(title=f"{title} ({machine()})", title_justify="left")
    for heading in ("what", "measured", "target", ""):
        table.add_column(heading)
    for figure in figures:
        mark = {True: "met", False: "[red]missed[/red]", None: ""}[figure.met]
        table.add_row(figure.what, figure.measured, figure.target, mark)
    Console().print(table)
    return int(any(figure.met is False for figure in figures))


def machine() -> str:
    """The class of machine: processor, cores, memory. Never its name."""
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    processor = model[1] if model else platform.machine()
    return f"{processor}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}"
