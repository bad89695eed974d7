"""What a text message can hold, and what it costs."""

import pytest

from outbox.texts import parts, plain, strange


@pytest.mark.parametrize(("letters", "taken"), [(0, 1), (160, 1), (161, 2), (306, 2), (307, 3), (459, 3), (460, 4)])
def test_a_text_message_is_charged_by_its_parts(letters: int, taken: int) -> None:
    assert parts("a" * letters) == taken


def test_what_a_word_processor_makes_of_quotation_marks_is_made_plain() -> None:
    assert plain("“It’s us” – we…") == '"It\'s us" - we...'
    assert strange(plain("“It’s us” – we…")) == []


def test_what_cannot_be_sent_is_named() -> None:
    assert strange("Łukasz 😀 [x] é") == ["[", "]", "Ł", "😀"]
