"""The operator's command: setting up, testing, ending."""

import io
from collections.abc import Callable

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command

from councils.models import Council, Event
from councils.tenancy import as_council
from staff.models import SignOn
from staff.secrets import decrypted, encrypted
from tests.conftest import Cast
from tests.in_order import as_written
from tests.second_steps import is_in
from tests.staff.sign_on.provider import CLIENT_ID, SECRET, Provider
from tests.staff.sign_on.visits import Visit

Typing = Callable[[str], None]


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Typing:
    def typed(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{text}\n"))

    return typed


def sign_on(*arguments: str) -> str:
    said = io.StringIO()
    call_command("sign_on", *arguments, stdout=said)
    return said.getvalue()


def add(issuer: str, *more: str, slug: str = "kent") -> str:
    given = ["--name", "Kent", "--issuer", issuer, "--client-id", CLIENT_ID, "--council", "kent"]
    return sign_on("add", slug, *given, "--domain", "Example.ORG", *more)


def verbs(council: Council) -> list[str]:
    with as_council(council):
        return list(as_written(Event.objects.filter(subject_kind="signon")).values_list("verb", flat=True))


def test_what_was_added_works(provider: Provider, kent: Council, cast: Cast, types: Typing) -> None:
    types(SECRET)
    said = add(provider.issuer)
    assert "http://localhost:8000/staff/account/sign-on/kent/back/" in said
    added = SignOn.objects.get()
    assert (decrypted(added.secret), added.email_domains, added.compulsory) == (SECRET, ["example.org"], False)
    assert SECRET not in added.secret
    assert [each.council for each in added.speaks_for.all()] == [kent]
    assert sign_on("test", "kent") == "The provider answers, and what it says is what was written down here.\n"
    assert "kent: voluntary; Kent County Council" in sign_on("list")
    assert verbs(kent) == ["sign_on.added"]


@pytest.mark.parametrize(
    ("issuer", "more", "secret", "why"),
    [
        ("https://login.microsoftonline.com/common/v2.0", [], "x", "names one tenant"),
        ("http://login.example.com", [], "x", "begins with https"),
        ("https://login.example.com", [], "", "needs a secret"),
        ("https://login.example.com", ["--council", "nowhere"], "x", "no council called nowhere"),
        ("https://login.example.com", ["--domain", "kate@example.org"], "x", "stands after the @"),
    ],
)
def test_what_cannot_be_right_is_refused(
    db: None, types: Typing, issuer: str, more: list[str], secret: str, why: str
) -> None:
    types(secret)
    with pytest.raises(CommandError, match=why):
        add(issuer, *more)
    assert not SignOn.objects.exists()


def test_a_council_has_one(kents: SignOn, types: Typing) -> None:
    types("x")
    with pytest.raises(CommandError, match="have one already: Kent County Council"):
        add("https://login.example.com", slug="kent-2")


def test_a_short_name_is_not_used_again(kents: SignOn, types: Typing) -> None:
    sign_on("end", "kent")
    types("x")
    with pytest.raises(CommandError, match="choose another short name"):
        add("https://login.example.com")
    types("x")
    add("https://login.example.com", slug="kent-2")


def test_the_secret_is_replaced(kents: SignOn, types: Typing) -> None:
    types("new one")
    sign_on("secret", "kent")
    kents.refresh_from_db()
    assert decrypted(kents.secret) == "new one"


def test_nothing_becomes_compulsory_that_nobody_has_tried(kents: SignOn) -> None:
    with pytest.raises(CommandError, match="Nobody has logged in through it yet"):
        sign_on("change", "kent", "--compulsory")
    kents.refresh_from_db()
    assert not kents.compulsory


def test_what_becomes_compulsory_ends_sessions_of_another_way(
    visit: Visit, cast: Cast, provider: Provider, kent: Council
) -> None:
    provider.knows("sub-kate", "kate@example.org", amr=["mfa"])
    visit.goes_through("sub-kate")
    assert is_in(visit.client)
    sign_on("change", "kent", "--compulsory")
    assert not is_in(visit.client)
    assert verbs(kent)[-1] == "sign_on.changed"


def test_ending_logs_out_whoever_came_through_it(visit: Visit, cast: Cast, provider: Provider) -> None:
    provider.knows("sub-kate", "kate@example.org", amr=["mfa"])
    visit.goes_through("sub-kate")
    assert UserSession.objects.filter(user=cast.kate).exists()
    sign_on("end", "kent")
    assert not is_in(visit.client)
    ended = SignOn.objects.get()
    assert (ended.secret, ended.ended_at is None, SocialAccount.objects.count()) == ("", False, 0)
    assert "kent: ended" in sign_on("list")


def test_unlinking_lets_a_new_account_of_the_provider_in(visit: Visit, cast: Cast, provider: Provider) -> None:
    provider.knows("sub-kate", "kate@example.org")
    visit.goes_through("sub-kate")
    visit.client.logout()
    provider.knows("sub-new-kate", "kate@example.org")
    sign_on("unlink", "kent", "Kate@example.org")
    visit.goes_through("sub-new-kate")
    assert visit.is_in()


@pytest.mark.parametrize("verb", ["test", "end", "secret", "change"])
def test_an_unknown_one_is_said_to_be(db: None, verb: str) -> None:
    with pytest.raises(CommandError, match="no single sign-on called none"):
        sign_on(verb, "none")


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ({"issuer": "https://login.example.com"}, "calls itself"),
        ({"token_endpoint": "https://elsewhere.example/token"}, "token_endpoint"),
        ({"jwks_uri": None}, "jwks_uri"),
        ({"response_types_supported": ["id_token"]}, "code flow"),
        ({"id_token_signing_alg_values_supported": ["HS256"]}, "signs with none"),
    ],
)
def test_the_test_says_what_is_wrong_with_the_document(
    kents: SignOn, provider: Provider, says: dict[str, object], why: str
) -> None:
    provider.document_says |= says
    with pytest.raises(CommandError, match=why):
        sign_on("test", "kent")


def test_the_test_says_that_the_secret_is_refused(kents: SignOn) -> None:
    SignOn.objects.update(secret=encrypted("run out"))
    with pytest.raises(CommandError, match="has the secret run out"):
        sign_on("test", "kent")


def test_the_test_says_that_no_key_is_published(kents: SignOn, provider: Provider) -> None:
    provider.answers["/keys"] = (200, b'{"keys": []}')
    with pytest.raises(CommandError, match="no key"):
        sign_on("test", "kent")


def test_the_test_says_that_nobody_answers(kents: SignOn, provider: Provider) -> None:
    provider.answers["/.well-known/openid-configuration"] = (503, b"")
    with pytest.raises(CommandError, match="answers 503"):
        sign_on("test", "kent")


def test_the_test_says_that_the_secret_is_of_another_key(kents: SignOn) -> None:
    SignOn.objects.update(secret="gAAAAA-with-another-key")
    with pytest.raises(CommandError, match="encrypted with another SECRET_KEY"):
        sign_on("test", "kent")
