"""What is served to browsers is ours to serve."""

import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
NOT_OURS = r"GDS Transport|@font-face|crest|sourceMappingURL|@import"
OUTSIDE = r"(?<!href\^=.)https?://(?!www\.w3\.org)"
SERVED = sorted(path for path in STATIC.rglob("*") if path.suffix in {".css", ".js"})


@pytest.mark.parametrize("path", SERVED, ids=lambda path: path.name)
def test_no_file_carries_what_belongs_to_gov_uk_or_points_outside(path: Path) -> None:
    text = path.read_text()
    assert not re.search(f"{NOT_OURS}|{OUTSIDE}", text)


def test_every_file_that_a_stylesheet_names_exists() -> None:
    for path in SERVED:
        for name in re.findall(r"url\(['\"]?([^)'\"]+)", path.read_text()) if path.suffix == ".css" else ():
            assert name.startswith("data:") or (path.parent / name).exists(), f"{path.name}: {name}"


def test_the_vendored_files_come_with_their_licence() -> None:
    assert "MIT" in (STATIC / "vendor/govuk-frontend/LICENSE.txt").read_text()
