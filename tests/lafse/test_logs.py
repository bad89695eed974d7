"""Somebody enquires while everything fails, and no log of any process knows who it was."""

import json
import re
from urllib.parse import quote

import psycopg2
import pytest

from tests.lafse.canaries import EMAIL, MESSAGE, NAME, PHONE, POSTCODE, found
from tests.lafse.sites import Browser, Site
from tests.second_steps import code


@pytest.fixture(scope="module")
def journey(site: Site) -> Site:
    """Everything that a person may go through on a bad day."""
    enquire(site.browser)
    search(site.browser)
    for typed in (NAME, EMAIL, POSTCODE.upper(), PHONE):
        assert site.browser.get(f"/crash/{quote(typed)}/?q={quote(typed)}")[0] == 500
        assert site.browser.get(f"/constraint/{quote(typed)}/")[0] == 500
    site.browser.get(f"/nowhere/{quote(NAME)}/?postcode={quote(POSTCODE)}")
    site.browser.get("/task/")
    site.waits_for("worker", "smtp_550")
    site.waits_for("worker", "tried again")
    return site


def enquire(browser: Browser) -> None:
    browser.post("/enquire/postcode/", postcode=POSTCODE)
    browser.post("/enquire/reason/", reason="new")
    browser.post("/enquire/details/", name="", email=EMAIL, phone="not a number")
    browser.post("/enquire/details/", name=NAME, email=EMAIL, phone=PHONE)
    browser.post("/enquire/contact/", way="email", times="saturday")
    browser.post("/enquire/more/", message=MESSAGE)
    page = browser.get("/enquire/check/")[1]
    assert NAME in page, "the journey has not reached the last page"
    notice = re.search(r'name="notice" value="([^"]+)"', page)
    assert notice
    assert "HAM" in browser.post("/enquire/check/", notice=notice[1])[1]


def search(browser: Browser) -> None:
    browser.post("/staff/account/log-in/", login="hal@example.org", password=f"{NAME} is not it")
    browser.post("/staff/account/log-in/", login="hal@example.org", password="correct horse battery staple")
    set_up_second_step(browser)
    for typed in (NAME, EMAIL, PHONE, POSTCODE):
        status, page = browser.post("/staff/enquiries/enquiry/", typed=typed)
        assert status == 200
        assert NAME in page, "the search does not find"


def set_up_second_step(browser: Browser) -> None:
    secret = re.search(r'account-secret">([A-Z2-7 ]+)<', browser.get("/staff/account/app/")[1])
    assert secret, "the password does not lead to setting up the second step"
    browser.post("/staff/account/app/", code=code(secret[1].replace(" ", "")))


def test_no_process_writes_down_who_it_was(journey: Site) -> None:
    assert found(journey.log("web")) == set()
    assert found(journey.log("worker")) == set()


def test_every_line_of_ours_is_json_with_the_request_it_belongs_to(journey: Site) -> None:
    lines = [json.loads(line) for line in journey.log("web").splitlines() if line.startswith("{")]
    requests = [line for line in lines if line["event"] == "request"]
    assert len(requests) > 20
    assert all(re.fullmatch("[0-9a-f]{32}", line["request_id"]) for line in requests)


def test_a_failure_is_written_down_with_its_type_and_place(journey: Site) -> None:
    lines = [json.loads(line) for line in journey.log("web").splitlines() if line.startswith("{")]
    crashes = [line for line in lines if line.get("error") == "RuntimeError"]
    assert len(crashes) == 4
    assert crashes[0]["because"] == "ValueError"
    assert "breaking/urls.py" in crashes[0]["at"][-1]
    assert '"task": "tests.lafse.breaking.tasks.fail"' in journey.log("worker")


def test_postgresql_does_not_write_down_what_it_refuses(journey: Site) -> None:
    provoke(journey.cluster.app)
    assert found(journey.cluster.log.read_text()) == set()


def test_with_postgresqls_own_defaults_it_would_have(journey: Site) -> None:
    """The proof that `provoke` provokes."""
    written = journey.cluster.log.stat().st_size
    options = "-c log_min_messages=warning -c log_min_error_statement=error -c log_error_verbosity=default"
    provoke(journey.cluster.superuser, options=options)
    log = journey.cluster.log.read_bytes()[written:].decode()
    assert found(log) >= {"name", "email"}
    assert re.search(r"DETAIL:.*Zebedee", log)
    assert re.search(r"STATEMENT:.*Zebedee", log)


def provoke(database: str, options: str = "") -> None:
    """What PostgreSQL quotes in its errors: the value, the row, the key, the statement."""
    connection = psycopg2.connect(database, options=options)
    connection.autocommit = True
    statements = [
        ("SELECT %s::uuid", EMAIL),
        ("SELECT %s::integer", NAME),
        ("INSERT INTO councils_area (code, name, authority_name) VALUES ('E1', %s, '')", NAME),
        ("INSERT INTO councils_hub SELECT h.* FROM councils_hub h WHERE %s <> ''", EMAIL),
        ("INSERT INTO councils_user (email, name) VALUES (%s, 1/0)", EMAIL),
    ]
    with connection.cursor() as cursor:
        for statement, typed in statements:
            with pytest.raises(psycopg2.Error):
                cursor.execute(statement, [typed])
    connection.close()
