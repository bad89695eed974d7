"""What is typed is looked for as what it most likely is the beginning of."""

import pytest

from councils.models import Council
from councils.tenancy import as_council
from enquiries.models import Enquiry, SearchKey
from enquiries.search import SearchKind, prefixes
from tests import factories


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ken-4K", [(SearchKind.REFERENCE, "KEN4K")]),
        ("HAM-4K7X-", [(SearchKind.REFERENCE, "HAM4K7X")]),
        ("HAM-4K7X-9T", [(SearchKind.REFERENCE, "HAM4K7X9T")]),
        ("Mac-Fry", [(SearchKind.NAME, "fry"), (SearchKind.NAME, "mac")]),
        ("Ann-Marie", [(SearchKind.NAME, "ann"), (SearchKind.NAME, "marie")]),
        ("ME14 1XX", [(SearchKind.POSTCODE, "ME141XX")]),
        ("07700 900", [(SearchKind.PHONE, "7700900")]),
    ],
)
def test_a_word_is_one_kind(typed: str, found: list[tuple[SearchKind, str]]) -> None:
    assert sorted(prefixes(typed), key=lambda each: each[1]) == found


@pytest.mark.django_db
def test_a_case_is_found_by_the_beginning_of_its_reference(kent: Council) -> None:
    case = factories.enquiry(kent)
    with as_council(kent):
        SearchKey.objects.create(council=kent, enquiry=case, kind=SearchKind.REFERENCE, key="KEN4K7X9T6")
        assert list(Enquiry.objects.filter(council=kent).matching("ken-4k")) == [case]


@pytest.mark.django_db
def test_two_words_must_both_be_found(kent: Council) -> None:
    one = factories.enquiry(kent, name="Priya Example")
    factories.enquiry(kent, name="Priya Sample")
    with as_council(kent):
        assert list(Enquiry.objects.filter(council=kent).matching("pri exam")) == [one]
