"""Whoever sends the form waits for these: who has a case already, and who may be the same, is found by an index."""

import pytest

from enquiries.actions import submit
from enquiries.states import Channel
from tests import factories
from tests.councils.test_explain import LEAKY, Site, many, read_whole, statements, without_values

__all__ = ["many"]


@pytest.mark.parametrize(
    "given",
    [{"email": "zebedee@example.org"}, {"email": "other@example.org", "phone": "+447700900431"}],
    ids=["joined", "suggested"],
)
def test_an_arrival_uses_indexes(many: Site, given: dict[str, str]) -> None:
    answers = factories.answers(many.kent, name="Zebedee Quill", **given)
    asked = statements(lambda: submit(answers, token=f"explained {given['email']}", channel=Channel.WEB))
    assert any("enquiries_searchkey" in sql for sql in asked)
    assert [sql for sql in asked if LEAKY.search(without_values(sql)) or read_whole(sql, [many.kent])] == []
