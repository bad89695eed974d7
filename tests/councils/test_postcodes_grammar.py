import pytest
from hypothesis import given
from hypothesis import strategies as st

from councils.postcodes import district_of, key_of, letters_of, sector_of, written
from councils.postcodes.grammar import is_forces_number
from councils.postcodes.sources import Rows


@pytest.mark.parametrize(
    "typed",
    [
        "SO23 8UJ",
        "so238uj",
        " s o 2 3 8 u j ",
        "SO23\u00a08UJ",
        "SO23\u20098UJ",
        "SO23-8UJ",
        "SO23–8UJ.",
        "(SO23, 8UJ)",
        "ＳＯ２３　８ＵＪ",
        "\ufeffSO23\t8UJ\n",
    ],
)
def test_spaces_case_width_and_punctuation_do_not_matter(typed: str) -> None:
    assert key_of(typed) == "SO238UJ"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("S023 8UJ", "SO238UJ"),
        ("RGI 1AA", "RG11AA"),
        ("SLI 4AA", "SL14AA"),
        ("SL1 IAA", "SL11AA"),
        ("PO1O OAA", "PO100AA"),
        ("CRO 2AA", "CR02AA"),
        ("WIA 1AA", "W1A1AA"),
        ("0X1 1AA", "OX11AA"),
        ("1P1 1AA", "IP11AA"),
        ("po3o 1qx", "PO301QX"),
    ],
)
def test_a_letter_typed_for_a_figure_is_forgiven_where_one_reading_is_possible(typed: str, meant: str) -> None:
    assert key_of(typed) == meant


@pytest.mark.parametrize("typed", ["S14 1AA", "SL4 1AA", "SO1 1AA", "S01 1AA"])
def test_a_text_that_is_well_formed_as_typed_is_not_changed(typed: str) -> None:
    assert key_of(typed) == ("SO11AA" if typed == "S01 1AA" else typed.replace(" ", ""))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "SO23",
        "SO23 8U",
        "SO23 8UJJ",
        "SO23 8UI",
        "SO23 8U1",
        "QQ1 1AA",
        "SO023 8UJ",
        "12345",
        "Winchester",
        "SO23 8UJ and more",
        "BFPO 57",
        "SO23\x008UJ but" * 3,
        "ß" * 7,
        "٢٣",
        "\ud800",
        "A" * 1_000_000,
    ],
)
def test_what_cannot_be_read_as_one_postcode_is_none(typed: str) -> None:
    assert key_of(typed) is None


@pytest.mark.parametrize(
    "typed", ["GIR 0AA", "NPT 0VA", "BF1 3AA", "BX1 1LT", "JE2 3AB", "IM1 1AA", "GY1 1AA", "FIQQ 1ZZ", "GX11 1AA"]
)
def test_special_postcodes_are_postcodes(typed: str) -> None:
    assert key_of(typed) == typed.replace(" ", "")


def test_every_postcode_of_the_directory_is_read_as_it_stands(rows: Rows) -> None:
    assert [key for key in rows.keys if key_of(key) != key] == []


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader_and_what_it_reads_it_reads_again(typed: str) -> None:
    key = key_of(typed)
    assert key is None or key_of(written(key)) == key


def test_a_postcode_falls_apart_into_sector_district_and_post_town() -> None:
    assert (sector_of("SO238UJ"), district_of("SO238UJ"), letters_of("SO238UJ")) == ("SO23 8", "SO23", "SO")
    assert (sector_of("SO23AB"), district_of("SO23AB"), letters_of("W1A1AA")) == ("SO2 3", "SO2", "W")


@pytest.mark.parametrize(
    ("typed", "is_one"), [("BFPO 57", True), ("bfpo5423", True), ("BFPO", False), ("BF1 3AA", False)]
)
def test_a_forces_number_is_known_as_such(typed: str, is_one: bool) -> None:
    assert is_forces_number(typed) is is_one
