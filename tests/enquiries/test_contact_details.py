import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquiries.contact_details import (
    COMMON_DOMAINS,
    DetailRefused,
    clean_email,
    clean_lines,
    clean_name,
    clean_phone,
    is_uk_mobile,
    likely_email,
    spoken_phone,
)


@pytest.mark.parametrize(
    "typed",
    ["07700 900982", "+44 7700 900982", "0044 7700 900982", "+44 (0)7700 900982", "07700-900-982", "(07700) 900982"],
)
def test_a_number_is_the_same_however_it_is_typed(typed: str) -> None:
    assert clean_phone(typed) == "+447700900982"


def test_a_number_is_shown_the_national_way() -> None:
    assert spoken_phone("+443001312797") == "0300 131 2797"


def test_a_foreign_number_is_kept_and_shown_with_its_country() -> None:
    assert spoken_phone(clean_phone("+353 1 234 5678")).startswith("+353")


@pytest.mark.parametrize("typed", ["0800 1111", "01204 69123", "0845 46 47 000"])
def test_a_short_number_of_a_range_that_has_them_is_kept(typed: str) -> None:
    assert clean_phone(typed) == "+44" + typed.replace(" ", "")[1:]


def test_an_extension_is_named_in_the_refusal() -> None:
    with pytest.raises(DetailRefused, match=r"has an extension \(5\)"):
        clean_phone("0300 131 2797 ext 5")


@pytest.mark.parametrize(
    "typed", ["999", "12345", "not a number", "07700 90098", "0300 131 279", "07700 9009829999", "7" * 41, ""]
)
def test_what_is_no_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(DetailRefused):
        clean_phone(typed)


def test_text_messages_go_to_mobiles_only() -> None:
    assert is_uk_mobile("+447700900982")
    assert not is_uk_mobile("+443001312797")
    assert not is_uk_mobile("+447012345678")


@pytest.mark.parametrize(
    "name", ["Jo\r\nBcc: all@example.org", "Jo\x00", "Jo\u202enaoJ", "Jo\u2028Smith", "", " ", "…", "J" * 101]
)
def test_a_name_that_could_do_harm_is_refused(name: str) -> None:
    with pytest.raises(DetailRefused):
        clean_name(name)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Jo   Smith ", "Jo Smith"),
        ("Zoë", "Zoë"),
        ("Siobhán O’Neill-Begum", "Siobhán O’Neill-Begum"),
        ("\u200fفاطمة", "فاطمة"),
        ("X Æ A-12", "X Æ A-12"),
        ("李", "李"),
    ],
)
def test_real_names_are_kept(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


def test_a_message_keeps_its_lines() -> None:
    assert clean_lines(" One\r\nTwo\tthree\n") == "One\nTwo three"


@given(st.text(max_size=60))
def test_a_clean_name_has_one_line_and_is_cleaned_already(text: str) -> None:
    try:
        name = clean_name(text)
    except DetailRefused:
        return
    assert len(name.splitlines()) == 1
    assert clean_name(name) == name


@pytest.mark.parametrize(
    "typed", ["jo", "jo@", "@example.com", "jo smith@example.com", "jo@example", "a@b.com\r\nBcc: c@d.com"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(DetailRefused):
        clean_email(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jo@gmial.com", "jo@gmail.com"),
        ("jo@gmail.con", "jo@gmail.com"),
        ("jo@gmail.co", "jo@gmail.com"),
        ("jo@gmaill.com", "jo@gmail.com"),
        ("jo@hotmial.co.uk", "jo@hotmail.co.uk"),
        ("jo@GMAIL.CMO", "jo@gmail.com"),
    ],
)
def test_a_likely_slip_is_offered(typed: str, meant: str) -> None:
    assert likely_email(typed) == meant


@pytest.mark.parametrize("email", ["jo@gmail.com", "jo@mail.com", "jo@kent.gov.uk", "jo@example.org"])
def test_a_real_domain_is_left_alone(email: str) -> None:
    assert likely_email(email) is None


@given(st.sampled_from(COMMON_DOMAINS))
def test_no_common_domain_is_taken_for_a_slip(domain: str) -> None:
    assert likely_email(f"jo@{domain}") is None
