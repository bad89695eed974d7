"""Mail about one's own account: to its owner, by the outbox, with links of ours; and asking for a new password."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from councils.clock import hub_now
from councils.models import Council, Membership, User
from councils.roles import Role
from councils.tenancy import as_council
from outbox.models import Message
from staff.mails import CHANGES, tell_of_change
from tests import factories
from tests.conftest import Cast
from tests.factories import PASSWORD
from tests.second_steps import code, is_in, passkey, recovery_codes, set_up_app
from tests.staff.test_account_events import AsUser, verbs
from tests.staff.test_sessions import NEW, confirm, logged_in
from tests.staff.test_tries import at_second_step, enter, somewhere

pytestmark = pytest.mark.django_db
FORGOTTEN = reverse("account_reset_password")


def mails(office: Council) -> list[Message]:
    with as_council(office):
        return list(Message.objects.filter(kind__startswith="account.").order_by("created_at", "id"))


def is_told(what: str, office: Council) -> bool:
    return any(what in mail.text for mail in mails(office))


def ask(email: str, client: Client | None = None) -> tuple[int, str]:
    answer = (client or somewhere()).post(FORGOTTEN, {"email": email})
    return answer.status_code, answer["Location"]


def link_in(message: Message) -> str:
    [link] = re.findall(r"http\S+/password/new/\S+", message.text)
    return str(urlsplit(link).path)


def choose(client: Client, path: str, password: str = NEW) -> int:
    form = client.get(path)
    if form.status_code != 302:
        return form.status_code
    return client.post(form["Location"], {"password1": password, "password2": password}).status_code


# A new password.


def test_the_link_goes_to_the_address_of_the_account_by_the_outbox(cast: Cast, office: Council) -> None:
    ask(" KATE@example.org")
    [mail] = mails(office)
    assert (mail.to_address, mail.kind, mail.to_staff) == ("kate@example.org", "account.new_password", True)
    assert f"{settings.BASE_URL}/staff/account/password/new/" in mail.text
    assert mail.expires_at - hub_now() <= timedelta(minutes=10)
    assert "for 10 minutes" in mail.text


def test_the_link_leads_to_us_whatever_host_was_asked(cast: Cast, office: Council) -> None:
    headers = {"Host": "127.0.0.1", "X-Forwarded-Host": "evil.example"}
    somewhere().post(FORGOTTEN, {"email": "kate@example.org"}, headers=headers)
    [mail] = mails(office)
    assert {urlsplit(link).netloc for link in re.findall(r"https?://[^\s\"<]+", mail.text)} == {
        urlsplit(settings.BASE_URL).netloc
    }


def test_the_link_gives_a_new_password_once(cast: Cast, office: Council) -> None:
    ask("kate@example.org")
    path = link_in(mails(office)[0])
    assert choose(somewhere(), path) == 302
    assert User.objects.get(pk=cast.kate.pk).check_password(NEW)
    assert choose(somewhere(), path, "yet another password") == 200
    assert User.objects.get(pk=cast.kate.pk).check_password(NEW)


def test_the_link_is_good_for_ten_minutes() -> None:
    assert settings.PASSWORD_RESET_TIMEOUT <= 600


def test_a_link_whose_time_is_over_opens_nothing(cast: Cast, office: Council, settings: Settings) -> None:
    ask("kate@example.org")
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert choose(somewhere(), link_in(mails(office)[0])) == 200
    assert not User.objects.get(pk=cast.kate.pk).check_password(NEW)


def test_it_does_not_skip_the_second_step(cast: Cast, office: Council) -> None:
    secret = set_up_app(cast.kate)
    ask("kate@example.org")
    client = somewhere()
    choose(client, link_in(mails(office)[0]))
    assert not is_in(client)
    answer = client.post(reverse("account_login"), {"login": "kate@example.org", "password": NEW})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    assert enter(client, code(secret)) == 302
    assert is_in(client)


def test_it_ends_every_session_and_says_so_by_mail(cast: Cast, office: Council) -> None:
    there = logged_in(cast.kate)
    ask("kate@example.org")
    [link] = [mail for mail in mails(office) if mail.kind == "account.new_password"]
    choose(somewhere(), link_in(link))
    assert not is_in(there)
    assert is_told(CHANGES["password_reset"], office)
    assert {"account.new_password_asked", "account.password_reset"} <= set(verbs(cast.kate, office))


def test_who_stands_at_the_second_step_with_the_old_password_comes_no_further(cast: Cast, office: Council) -> None:
    secret = set_up_app(cast.kate)
    thief = at_second_step(cast.kate)
    ask("kate@example.org")
    choose(somewhere(), link_in(mails(office)[0]))
    enter(thief, code(secret))
    assert not is_in(thief)


def test_an_address_that_nobody_has_is_answered_alike_and_gets_nothing(cast: Cast, office: Council) -> None:
    assert ask("nobody@example.org") == ask("kate@example.org")
    assert [mail.to_address for mail in mails(office)] == ["kate@example.org"]


def test_who_has_left_gets_no_link(cast: Cast, office: Council) -> None:
    answer = ask("mina@example.org")
    User.objects.filter(pk=cast.kate.pk).update(is_active=False)
    Membership.objects.filter(user=cast.hal).update(ended_at=hub_now())
    assert {ask("kate@example.org"), ask("hal@example.org")} == {answer}
    assert [mail.to_address for mail in mails(office)] == ["mina@example.org"]


def test_who_logs_in_through_their_council_gets_no_link(cast: Cast, office: Council) -> None:
    cast.kate.set_unusable_password()
    cast.kate.save()
    ask("kate@example.org")
    assert mails(office) == []


def test_asking_again_at_once_sends_no_second_mail(cast: Cast, office: Council) -> None:
    """By everybody in the world together: nobody's mailbox is filled, and the link that came still works."""
    for _ in range(4):
        ask("kate@example.org")
    assert len(mails(office)) <= 2  # two, where the turn ended in between


def test_known_and_unknown_addresses_ask_the_database_as_much(cast: Cast) -> None:
    def statements(email: str) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            ask(email)
        return [query["sql"].split()[0] for query in captured]

    statements("warm@example.org")
    known, unknown = statements("kate@example.org"), statements("nobody@example.org")
    assert known.count("INSERT") == unknown.count("INSERT")
    assert abs(len(known) - len(unknown)) <= 3


# What is told.


def test_a_changed_password_is_told(cast: Cast, office: Council) -> None:
    client = logged_in(cast.kate)
    changed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post(reverse("account_change_password"), changed)
    assert is_told(CHANGES["password_changed"], office)
    assert "account.password_changed" in verbs(cast.kate, office)


def test_a_recovery_code_that_was_used_is_told(cast: Cast, office: Council) -> None:
    set_up_app(cast.kate)
    enter(at_second_step(cast.kate), recovery_codes(cast.kate)[0])
    [mail] = mails(office)
    assert CHANGES["recovery_code_used"] in mail.text
    assert "account.recovery_code_used" in verbs(cast.kate, office)


def test_a_second_step_that_was_removed_is_told(cast: Cast, office: Council) -> None:
    client = logged_in(cast.kate)
    passkey(cast.kate)
    confirm(client, cast.kate)
    client.post(reverse("mfa_deactivate_totp"))
    assert is_told(CHANGES["totp_deactivated"], office)
    assert "account.factor_removed" in verbs(cast.kate, office)


@pytest.mark.parametrize("change", [*CHANGES, "something_new"])
def test_each_mail_says_what_to_do_and_has_two_forms(cast: Cast, office: Council, change: str) -> None:
    tell_of_change(cast.kate, change)
    [mail] = mails(office)
    assert "If it was not you, choose a new password" in mail.text
    assert settings.BASE_URL + FORGOTTEN in mail.text
    assert b"multipart/alternative" in bytes(mail.mime)


def test_mail_of_accounts_is_no_councils(cast: Cast, kent: Council) -> None:
    tell_of_change(cast.kate, "password_changed")
    with as_council(kent):
        assert not Message.objects.exists()


def test_in_a_councils_scope_it_follows_the_commit(
    cast: Cast,
    kent: Council,
    office: Council,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True), as_council(kent):
        tell_of_change(cast.kate, "second_step_reset")
    assert is_told("Your manager removed your second step", office)


# Who reads them.


def test_nobody_reads_the_link_in_the_list_of_messages(cast: Cast, as_user: AsUser, office: Council) -> None:
    omar = factories.user("Omar", office, Role.OPERATOR)
    ask("kate@example.org")
    [mail] = mails(office)
    client = as_user(omar)
    for name in ("change", "html"):
        page = client.get(reverse(f"admin:outbox_message_{name}", args=[mail.pk]))
        assert page.status_code == (200 if name == "change" else 404)
        assert link_in(mail) not in page.content.decode()
        assert "password/new" not in page.content.decode()
