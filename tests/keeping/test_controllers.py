"""Who is responsible for what, made from the hub's data and the settings; and what is held on whom."""

from collections.abc import Callable
from html import unescape

import pytest
from django.conf import settings
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from councils.holdings import Whose, holdings
from councils.models import Council, Hub, User
from enquiries.privacy_roles import NOT_NAMED, controllers_of, lead_of, processors
from enquiries.processing import record_of_processing
from tests.conftest import Cast


def responsible_page() -> str:
    return unescape(Client().get(reverse("pages:responsible")).content.decode())


def test_every_council_of_the_hub_is_a_controller_and_none_of_another(lafse: Hub) -> None:
    ours = Council.objects.fostering().filter(hub=lafse)
    assert {each.name for each in controllers_of(lafse)} == {council.name for council in ours}
    assert len(controllers_of(lafse)) == 20
    page = responsible_page()
    assert all(council.name in page for council in ours)


def test_the_lead_authority_stands_for_the_hub_office(lafse: Hub) -> None:
    lead = Council.objects.get(hub=lafse, authority_code=lafse.lead_authority)
    assert lead_of(lafse) == lead
    assert f"{lead.name} leads the partnership and is responsible for it" in responsible_page()
    lafse.lead_authority = ""
    assert lead_of(lafse) is None


def test_the_service_that_answers_for_a_council_is_named_beside_it(lafse: Hub) -> None:
    told = {each.name: each.service for each in controllers_of(lafse)}
    assert told["Royal Borough of Kingston upon Thames"] == "Achieving for Children"
    assert told["Kent County Council"] == "Kent Fostering"
    assert "Achieving for Children" in responsible_page()


def told() -> dict[str, str]:
    return {each.name: each.does for each in processors()}


def test_whoever_carries_our_mail_is_named_as_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, EMAIL_HOST="smtp.example.net", HOSTED_BY="Servers Ltd, United Kingdom")
    assert told()["smtp.example.net"] == "Carries email"
    assert told()["Servers Ltd, United Kingdom"].startswith("Runs the servers")
    assert NOT_NAMED not in told()


def test_notify_is_named_for_what_it_carries(monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, NOTIFY_API_KEY="key", NOTIFY_SMS_TEMPLATE="sms")
    assert told()["GOV.UK Notify (Cabinet Office)"] == "Carries text messages"
    configure(monkeypatch, NOTIFY_API_KEY="key", NOTIFY_SMS_TEMPLATE="sms", NOTIFY_EMAIL_TEMPLATE="mail")
    assert told()["GOV.UK Notify (Cabinet Office)"] == "Carries email and text messages"
    assert "smtp.example.org" not in told()


def test_what_nobody_has_said_is_told_as_missing(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch)
    assert NOT_NAMED in told()
    assert NOT_NAMED in responsible_page()


def configure(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    defaults = {"HOSTED_BY": "", "NOTIFY_API_KEY": "", "NOTIFY_SMS_TEMPLATE": "", "NOTIFY_EMAIL_TEMPLATE": ""}
    smtp = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "smtp.example.org"}
    for name, value in {**defaults, **smtp, "DEV_MAILBOX": "", **values}.items():
        monkeypatch.setattr(settings, name, value)


def test_no_page_says_that_the_agreement_is_signed(lafse: Hub) -> None:
    assert "The law asks the councils to sign an agreement" in responsible_page()


def test_the_record_of_processing_names_every_table_that_holds_something_of_somebody() -> None:
    told = {name for line in record_of_processing() for name in line.what}
    holding = [model for model, personal in holdings() if personal.whose is not Whose.NOBODY]
    assert len(holding) > 20
    assert told == {words_of(model) for model in holding}


def words_of(model: type[Model]) -> str:
    return str(model._meta.verbose_name_plural).capitalize().replace("Replys", "Replies")


def test_every_line_says_why_and_how_long() -> None:
    lines = record_of_processing()
    assert all(line.why and line.until for line in lines)
    assert {Whose.ENQUIRER, Whose.STAFF} <= {line.whose for line in lines}
    enquiries = next(line.what["Enquiries"] for line in lines if "Enquiries" in line.what)
    assert {"name", "email", "phone"} <= set(enquiries)


def test_the_record_is_for_who_answers_for_rights(cast: Cast, as_user: Callable[[User], Client]) -> None:
    address = reverse("admin:councils_retentionrule_processing")
    assert "Kept" not in as_user(cast.kate).get(address).content.decode()
    assert as_user(cast.kate).get(address).status_code == 403
    page = as_user(cast.mina).get(address)
    assert page.status_code == 200
    assert "Why" in page.content.decode()
