import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiries.reference import ALPHABET, BODY_LENGTH, new_reference, parse_reference

codes = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=4)


def test_a_reference_starts_with_the_councils_code() -> None:
    assert new_reference("HAM", choose=lambda letters: letters[0]).startswith("HAM-3333-33")


def test_no_reference_holds_a_character_that_is_easily_confused() -> None:
    assert not set(ALPHABET) & set("01258OILSBZGUV")


@given(codes)
def test_every_reference_can_be_read_back(code: str) -> None:
    reference = new_reference(code)
    assert parse_reference(reference) == reference


@given(codes, st.sampled_from(["{}", " {} ", "ref {}"[4:]]), st.sampled_from(["-", " ", "", " - ", "–"]))
def test_case_spaces_and_dashes_do_not_matter(code: str, around: str, dash: str) -> None:
    reference = new_reference(code)
    assert parse_reference(around.format(reference.lower().replace("-", dash))) == reference


@given(codes, st.integers(1, BODY_LENGTH + 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(code: str, from_end: int, wrong: str) -> None:
    letters = list(new_reference(code).replace("-", ""))
    if letters[-from_end] != wrong:
        letters[-from_end] = wrong
        assert parse_reference("".join(letters)) is None


@given(codes, st.integers(1, BODY_LENGTH))
def test_two_swapped_characters_are_noticed(code: str, from_end: int) -> None:
    letters = list(new_reference(code).replace("-", ""))
    if letters[-from_end] != letters[-from_end - 1]:
        letters[-from_end], letters[-from_end - 1] = letters[-from_end - 1], letters[-from_end]
        assert parse_reference("".join(letters)) is None


def test_a_look_alike_is_read_as_what_was_meant() -> None:
    reference = new_reference("HAM", choose=lambda _: "6")
    assert parse_reference(reference.replace("6", "G")) == reference
    assert parse_reference(reference.replace("HAM", "H4M")) is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    read = parse_reference(text)
    assert read is None or parse_reference(read) == read


@pytest.mark.parametrize("code", ["", "HA", "ham", "HAMPS", "H1M"])
def test_a_code_that_is_not_three_or_four_capitals_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="capital letters"):
        new_reference(code)
