"""Nobody agrees to words that they did not see: the version that a page showed travels with the answer."""

from councils.models import Council
from councils.tenancy import as_council
from enquiries.forms.words_shown import CHANGED
from enquiries.models import Submission
from tests.enquiries.conftest import Visitor

OF_NOW = {"message": "Hello", "news": "email", "shown": "2026-11"}


def test_a_page_carries_the_version_of_its_words(visitor: Visitor) -> None:
    visitor.fill_in(until="more")
    assert '<input type="hidden" name="shown" value="2026-11"' in visitor.open("more").content.decode()


def test_an_answer_to_words_that_have_changed_is_asked_again(visitor: Visitor) -> None:
    visitor.fill_in(until="more")
    answer = visitor.send("more", **OF_NOW | {"shown": "2026-10"})
    assert answer.status_code == 422
    assert CHANGED in answer.content.decode()
    assert 'name="shown" value="2026-11"' in answer.content.decode()
    assert visitor.send("more", **OF_NOW).status_code == 302


def test_where_nothing_is_asked_nothing_can_have_changed(visitor: Visitor) -> None:
    visitor.fill_in(
        until="more", details={"name": "Jo", "phone": "01962 123456"}, contact={"way": "call", "shown": "2026-11"}
    )
    assert visitor.send("more", message="Hello", shown="2026-10").status_code == 302


def test_help_us_prepare_keeps_the_words_of_the_ambassador(visitor: Visitor, hampshire: Council) -> None:
    visitor.fill_in(more=OF_NOW)
    visitor.submit()
    visitor.send("prepare", wants_ambassador="yes")
    with as_council(hampshire):
        sent = Submission.objects.get()
    assert sent.consents["wants_ambassador"] == "2026-11-22"
    assert sent.consents["news_by_email"] == "2026-11"


def test_who_wants_no_ambassador_agreed_to_none(visitor: Visitor, hampshire: Council) -> None:
    visitor.fill_in(more=OF_NOW)
    visitor.submit()
    visitor.send("prepare", wants_ambassador="no", bedroom="yes")
    with as_council(hampshire):
        assert "wants_ambassador" not in Submission.objects.get().consents
