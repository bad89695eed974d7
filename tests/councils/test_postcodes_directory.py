"""The index against the source that it was made from, and what happens to a file that is not whole."""

import csv
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from councils.postcodes import DamagedDirectory, Directory, building
from councils.postcodes.directory import EAST_STEP, NORTH_STEP
from councils.postcodes.sources import CarriedByPackage, OnspdZip, Rows, UnreadableSource

TABLE = [
    ["pcd7", "pcds", "doterm", "east1m", "north1m", "lad25cd"],
    ["SO238UJ", "SO23 8UJ", "", "447820", "129466", "E07000094"],
    ["SO238UL", "SO23 8UL", "199606", "447830", "129470", "E07000094"],
    ["GU1 1AA", "GU1 1AA", "", "499000", "150000", "E07000209"],
    ["AB113AG", "AB11 3AG", "198001", "", "", ""],
]


def test_every_postcode_is_found_with_the_area_that_the_source_gives(rows: Rows, directory: Directory) -> None:
    found = [directory.find(key) for key in rows.keys]
    assert [placement.area if placement else None for placement in found] == rows.areas
    assert directory.rows == len(rows.keys) == 2_720_556


def test_nothing_is_found_that_the_source_does_not_have(rows: Rows, directory: Directory) -> None:
    known = set(rows.keys)
    sectors = sorted({key[:-2] for key in known})[::40]
    invented = [sector + pair for sector in sectors for pair in ("AA", "QT", "ZZ", "XV", "CI")]
    assert all((directory.find(key) is not None) == (key in known) for key in invented)
    assert sum(key in known for key in invented) > 100
    assert directory.find("ZZ991AA") is directory.find("") is directory.find("SO238") is None


def test_grid_references_are_kept_within_twenty_metres(rows: Rows, directory: Directory) -> None:
    for i in range(0, len(rows.keys), 997):
        place = directory.place(rows.keys[i])
        if np.isnan(rows.east[i]):
            assert place is None
        else:
            assert place is not None
            assert abs(place[0] - rows.east[i]) <= EAST_STEP and abs(place[1] - rows.north[i]) <= NORTH_STEP


def test_a_sector_a_district_and_a_post_town_know_their_areas_most_usual_first(directory: Directory) -> None:
    assert directory.areas_within("KT3")[0] == "E09000021"
    assert {"E06000040", "E06000036", "E06000060"} <= set(directory.areas_within("SL4"))
    assert directory.areas_within("SO2 3") != directory.areas_within("SO23")
    assert directory.areas_within("QQ") == ()


def test_the_postcodes_of_an_area_are_those_that_the_source_puts_there(rows: Rows, directory: Directory) -> None:
    wanted = frozenset({"E06000046", "E07000094"})  # the Isle of Wight, Winchester
    listed = list(directory.keys_in(wanted))
    assert sorted(listed) == sorted(key for key, area in zip(rows.keys, rows.areas, strict=True) if area in wanted)
    assert len(listed) > 5000 and list(directory.keys_in(frozenset())) == []


def test_the_process_that_looks_up_imports_neither_numpy_nor_scipy() -> None:
    imported = "import sys, councils.routes; print(*({'numpy', 'scipy', 'django'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", imported], check=True, capture_output=True, text=True).stdout == "\n"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.index"
    building.build(zip_of(tmp_path / "ONSPD_FEB_2026.zip"), path)
    return path


def test_a_zip_from_the_ons_is_indexed_closed_postcodes_included(small: Path) -> None:
    index = Directory(small)
    assert (index.release, index.rows) == ("ONSPD February 2026", 4)
    areas = [placement.area for key in ("SO238UJ", "SO238UL", "AB113AG") if (placement := index.find(key))]
    assert areas == ["E07000094", "E07000094", ""]
    assert index.place("GU11AA") == (499000, 150000)


def test_older_names_of_the_columns_are_understood(tmp_path: Path) -> None:
    header = ["pcd", "dointr", "doterm", "oslaua", "oseast1m", "osnrth1m"]
    row = ["B1  1AA", "198001", "", "E08000025", "406000", "286000"]
    rows = zip_of(tmp_path / "ONSPD_AUG_2020_UK.zip", [header, row]).rows()
    assert (rows.keys, rows.areas, rows.east.tolist()) == (["B11AA"], ["E08000025"], [406000.0])


def test_a_zip_without_the_table_or_a_column_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="no column for area"):
        zip_of(tmp_path / "ONSPD_X.zip", [["pcds", "east1m", "north1m"]]).rows()
    zipfile.ZipFile(tmp_path / "b.zip", "w").close()
    with pytest.raises(UnreadableSource, match="no table"):
        OnspdZip(tmp_path / "b.zip").rows()
    (tmp_path / "c.zip").write_text("a page that says the file has moved")
    with pytest.raises(UnreadableSource, match="not a zip"):
        OnspdZip(tmp_path / "c.zip").rows()


@pytest.mark.parametrize("length", [0, 7, 100, 4096, 5000])
def test_a_file_that_is_cut_short_is_refused(small: Path, length: int) -> None:
    small.write_bytes(small.read_bytes()[:length])
    with pytest.raises((DamagedDirectory, ValueError)):
        Directory(small)


def test_a_failed_build_leaves_nothing_behind_and_the_old_file_in_place(small: Path) -> None:
    before = small.read_bytes()
    broken = zip_of(small.parent / "ONSPD_MAY_2026.zip", [TABLE[0], ["SO238U!", "SO23 8U!", "", "1", "1", "E07000094"]])
    with pytest.raises(UnreadableSource, match="SO238U!” is no postcode"):
        building.build(broken, small)
    assert small.read_bytes() == before
    assert [path.name for path in small.parent.glob(".*")] == []


def test_an_index_that_is_replaced_stays_readable_for_whoever_has_it_open(small: Path) -> None:
    index = Directory(small)
    building.build(zip_of(small.parent / "ONSPD_MAY_2026.zip", TABLE[:2]), small)
    assert index.find("GU11AA") is not None
    assert Directory(small).find("GU11AA") is None


def test_the_package_names_the_release_that_it_carries() -> None:
    assert CarriedByPackage().release == "ONSPD November 2025"


def zip_of(path: Path, table: list[list[str]] = TABLE) -> OnspdZip:
    text = io.StringIO()
    csv.writer(text).writerows(table)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"Data/{path.stem}_UK.csv", text.getvalue())
        archive.writestr("Documents/notes.csv", "nothing")
    return OnspdZip(path)
