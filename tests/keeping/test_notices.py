"""What people were shown stays readable as it was: privacy notices and the words of every consent."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from councils.models import Council, User
from councils.tenancy import as_council
from enquiries import consents, forms
from enquiries.consents import WORDINGS, Consent, Wording, as_shown, newest, now_shown
from enquiries.models import Submission
from enquiries.privacy import CURRENT, VERSIONS
from enquiries.states import Channel
from tests import factories
from tests.conftest import Cast

NOTICES = Path(settings.BASE_DIR) / "templates" / "pages" / "privacy"

# What has landed stays. A changed text is a new version with a line of its own; a line here is never changed.
DIGESTS = {
    "2026-11": "948fca6c0fd55fb5fde9139d08493d40",
    "2026-11-22": "0b13caefc2a507e1b996a914436f99ec",
    "2026-11-23": "bd5a05f3b2b0162d79e0010bdb1b64cf",
    "2026-11-24": "337e27da1363acc6dfe9f9e837184e27",
}
WORDS = {
    "news_by_email 2026-11": "326867b61d8d6586f0f1b455d4dfc142",
    "news_by_text 2026-11": "3b37a8d73e5ad8fe4aedd17cee8e27d0",
    "voicemail_ok 2026-11": "e8eaea4dd72ec389f60705c6b5d1476d",
    "text_ok 2026-11": "312708e5fbe5a45b6e17a65fa48cb432",
    "wants_ambassador 2026-11": "b54390386a5c028cec6771c2610f4ab7",
    "read_out 2026-11": "7b9d0e4bbead89ec4e7e4b3a9d5d5488",
    "spoken_voicemail_ok 2026-11": "d37695630f9e5683704cf0679ea6f075",
    "spoken_text_ok 2026-11": "c1a71bc5c3f701d8c1f6d7731cb16957",
    "records_consent_on 2026-11": "b9e97a300d095f09fbbdfe6b65a43bd5",
    "spoken_wish 2026-11-22": "48e5a7db372ff94815143036f0fcdc75",
    "wants_ambassador 2026-11-22": "e8cefbb17a028dc3b8b4bbf2669ad67f",
}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def test_a_notice_that_has_landed_is_never_changed() -> None:
    assert {version: digest((NOTICES / f"{version}.html").read_text()) for version in VERSIONS} == DIGESTS


def test_every_notice_has_a_place_in_the_order_and_the_newest_is_shown() -> None:
    assert {file.stem for file in NOTICES.iterdir()} == set(VERSIONS)
    assert sorted(VERSIONS) == list(VERSIONS)
    assert VERSIONS[-1] == CURRENT


def test_words_that_have_landed_are_never_changed() -> None:
    told = {
        f"{consent.value} {version}": digest(json.dumps(asdict(wording), sort_keys=True))
        for consent, versions in WORDINGS.items()
        for version, wording in versions.items()
    }
    assert told == WORDS


def test_every_consent_has_words() -> None:
    assert WORDINGS.keys() == set(Consent)
    assert all(WORDINGS.values())


def sent_by(council: Council, **given: Any) -> Submission:
    case = factories.enquiry(council, **given)
    with as_council(council):
        return Submission.objects.get(enquiry=case)


def test_a_sending_keeps_which_words_it_was_asked_in(kent: Council) -> None:
    sent = sent_by(kent, voicemail_ok=True)
    assert sent.consents == {
        "news_by_email": "2026-11",
        "news_by_text": "2026-11",
        "text_ok": "2026-11",
        "voicemail_ok": "2026-11",
    }
    shown = {each.consent: each.given for each in as_shown(sent.consents, sent.answers)}
    assert shown[Consent.VOICEMAIL] is True
    assert shown[Consent.NEWS_EMAIL] is False


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"phone": ""}, {"news_by_email"}),
        ({"email": "", "phone": "+441622123456"}, {"voicemail_ok"}),
        ({"notice_version": ""}, set()),
    ],
)
def test_what_was_not_asked_is_not_kept(kent: Council, given: dict[str, str], asked: set[str]) -> None:
    assert set(sent_by(kent, **given).consents) == asked


def test_on_the_phone_other_words_are_said(kent: Council) -> None:
    answers = factories.answers(kent, voicemail_ok=True)
    asked = consents.shown_with(answers, Channel.PHONE)
    assert set(asked) == {"read_out", "spoken_voicemail_ok", "spoken_text_ok"}
    given = {each.consent: each.given for each in as_shown(asked, answers.to_json())}
    assert (given[Consent.READ_OUT], given[Consent.SPOKEN_VOICEMAIL]) == (True, True)


def test_an_older_wording_is_read_as_it_was(kent: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = sent_by(kent)
    later = {**WORDINGS[Consent.NEWS_EMAIL], "2027-03": Wording("Other words?", "Yes")}
    monkeypatch.setitem(WORDINGS, Consent.NEWS_EMAIL, later)
    assert newest(Consent.NEWS_EMAIL) == "2027-03"
    shown = {each.consent: each.wording.question for each in as_shown(sent.consents, sent.answers)}
    assert shown[Consent.NEWS_EMAIL] == "Would you like news about fostering? (optional)"


def test_the_forms_take_their_words_from_the_table() -> None:
    assert forms.MoreForm.base_fields["news"].label == now_shown(Consent.NEWS_EMAIL).question
    assert forms.MoreForm.base_fields["news"].label == now_shown(Consent.NEWS_TEXT).question
    assert forms.ContactForm.base_fields["mentions"].help_text == now_shown(Consent.VOICEMAIL).explanation
    assert forms.ContactForm.base_fields["mentions"].label == now_shown(Consent.TEXT_MESSAGE).question


def test_the_page_of_the_case_shows_the_words(kent: Council, cast: Cast, as_user: Callable[[User], Client]) -> None:
    case = factories.enquiry(kent, news_by_email=True)
    page = as_user(cast.kate).get(reverse("admin:enquiries_enquiry_change", args=[case.pk])).content.decode()
    assert "Would you like news about fostering? (optional)" in page
    assert "Words of 2026-11" in page
