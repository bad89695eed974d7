"""Who needs a language finds who speaks it, however each typed it."""

import pytest

from enquiries.languages import COMMON, LONGEST, named, not_on_the_list
from enquiries.wish_words import languages_in


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("polish", ("Polish",)),
        ("Panjabi, punjabi", ("Punjabi",)),
        ("BSL and Welsh", ("British Sign Language", "Welsh")),
        ("  isle  of man gaelic ;urdu/ Dari.", ("Isle Of Man Gaelic", "Urdu", "Dari")),
        ("English, French", ("French",)),
        ("ewe", ("Ewe",)),
        ("", ()),
        (" , and ;", ()),
    ],
)
def test_a_language_has_one_name(typed: str, kept: tuple[str, ...]) -> None:
    assert named(typed) == kept


def test_the_list_is_in_order_and_fits_its_column() -> None:
    assert list(COMMON) == sorted(COMMON)
    assert max(map(len, COMMON)) <= LONGEST


def test_the_free_line_shows_the_others() -> None:
    assert not_on_the_list(["Polish", "Welsh", "Igbo"]) == "Welsh, Igbo"


def test_a_wish_and_a_profile_say_the_same() -> None:
    for typed in ("panjabi", "bsl or polish", "Welsh & urdu"):
        assert languages_in(typed) == named(typed.replace(" or ", ",").replace("&", ","))
