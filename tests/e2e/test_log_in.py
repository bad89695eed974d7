"""Logging in, as staff meet it: the first day, every day, without the phone, with a passkey, and by keyboard alone."""

from pathlib import Path

import pytest

from tests.e2e.barriers import Inspection
from tests.e2e.chromium import DESKTOP, PHONE
from tests.e2e.log_in import App, gives_security_key, types_code, types_password
from tests.e2e.people import APP, NOOR, PIA, RECOVERY, WIM
from tests.e2e.tab import Tab, Tabs
from tests.factories import PASSWORD


@pytest.fixture(scope="module")
def phone() -> App:
    """Wim's."""
    return App(APP)


def secret_on(tab: Tab) -> str:
    tab.page.locator("summary", has_text="I cannot scan it").click()
    return tab.page.locator(".account-secret").inner_text().replace(" ", "")


def is_in(tab: Tab) -> bool:
    return tab.heading == "Your work"


def test_on_the_first_day_one_sets_up_the_second_step(tabs: Tabs, tmp_path: Path) -> None:
    tab = tabs.open(PHONE)
    seen = Inspection(tab, "log-in-first-day")
    tab.open("/staff/")
    seen.look("log-in")
    types_password(tab, NOOR)
    assert tab.heading == "Set up your second step"
    seen.look("set-up")
    app = App(secret_on(tab))
    tab.fill("Code that the app shows", "000000")
    tab.press("Set it up")
    assert "That code is not right" in tab.text
    seen.look("set-up-wrong")
    assert secret_on(tab) == app.secret
    tab.fill("Code that the app shows", app.shows(tab))
    tab.press("Set it up")
    assert tab.heading == "Recovery codes"
    seen.look("recovery-codes")
    codes = [each.replace(" ", "") for each in tab.page.locator(".account-codes code").all_inner_texts()]
    with tab.page.expect_download() as saving:
        tab.page.get_by_role("link", name="Save them as a file").click()
    saving.value.save_as(tmp_path / "codes.txt")
    assert (tmp_path / "codes.txt").read_text().split()[-10:] == codes
    tab.follow("I have them: continue")
    assert is_in(tab)
    seen.open("recovery-codes-again", "/staff/account/recovery-codes/")
    assert "They were shown once" in tab.text
    seen.open("the-only-app", "/staff/account/app/remove/")
    seen.open("no-passkeys", "/staff/account/passkeys/")
    seen.open("your-log-in", "/staff/account/")
    seen.open("closed", "/staff/account/not-active/")
    seen.assert_nothing_found()


def test_every_day_a_password_and_a_code(tabs: Tabs, phone: App) -> None:
    tab = tabs.open(DESKTOP)
    seen = Inspection(tab, "log-in-every-day")
    tab.open("/staff/")
    tab.fill("Email address", WIM)
    tab.fill("Password", "not it")
    tab.press("Log in")
    assert "We could not log you in" in tab.text
    seen.look("log-in-wrong")
    types_password(tab, WIM)
    assert tab.heading == "Second step"
    seen.look("second-step")
    types_code(tab, "000000")
    assert "That code is not right" in tab.text
    seen.look("second-step-wrong")
    code = phone.shows(tab)
    types_code(tab, f"{code[:3]} {code[3:]}")
    assert is_in(tab)
    tab.press("Log out")
    types_password(tab, WIM)
    types_code(tab, code)
    assert "used already" in tab.text
    seen.look("second-step-used")
    tab.press("Cancel")
    assert tab.heading == "Log in"
    seen.assert_nothing_found()


def test_without_the_phone_a_recovery_code_opens_once(tabs: Tabs) -> None:
    tab = tabs.open(PHONE, scripts=False)
    types_password(tab, WIM)
    types_code(tab, RECOVERY)
    assert is_in(tab)
    tab.press("Log out")
    types_password(tab, WIM)
    types_code(tab, RECOVERY)
    assert "That code is not right" in tab.text


def test_with_a_passkey_one_needs_no_password(tabs: Tabs) -> None:
    tab = tabs.open(DESKTOP)
    seen = Inspection(tab, "log-in-passkey")
    gives_security_key(tab)
    types_password(tab, PIA)
    tab.follow("Use a passkey instead")
    seen.look("add-passkey")
    tab.fill("Name", "Work laptop")
    tab.press("Add it")
    assert tab.heading == "Recovery codes"
    tab.follow("I have them: continue")
    tab.press("Log out")
    seen.look("logged-out")
    tab.press("Log in with a passkey")
    assert is_in(tab)
    tab.press("Log out")
    types_password(tab, PIA)
    seen.look("second-step-passkey")
    tab.press("Use a passkey")
    assert is_in(tab)
    looks_after_passkeys(tab, seen)
    seen.assert_nothing_found()


def looks_after_passkeys(tab: Tab, seen: Inspection) -> None:
    tab.follow("Your log-in")
    seen.look("your-log-in")
    seen.open("passkeys", "/staff/account/passkeys/")
    assert "Work laptop" in tab.text
    tab.follow("Rename Work laptop")
    assert tab.heading == "Confirm that it is you"
    seen.look("confirm-passkey")
    tab.follow("With a code of your app, or a recovery code")
    seen.look("confirm-code")
    tab.follow("With a passkey")
    tab.press("Use a passkey")
    seen.look("rename")
    tab.fill("Name", "Blue key")
    tab.press("Save")
    assert "Blue key" in tab.text
    tab.follow("Remove Blue key")
    assert "the only second step" in tab.page.locator("body").inner_text()
    seen.look("last-one-stays")
    seen.open("new-codes", "/staff/account/recovery-codes/new/")
    seen.open("set-up-app", "/staff/account/app/")


def test_a_passkey_that_is_not_used_is_told_in_words(tabs: Tabs) -> None:
    tab = tabs.open(DESKTOP)
    tab.open("/staff/")
    gives_security_key(tab)  # an empty one
    tab.page.get_by_role("button", name="Log in with a passkey").click()
    tab.page.get_by_role("alert").get_by_text("use another way").wait_for()


def test_by_keyboard_alone(tabs: Tabs, phone: App) -> None:
    tab = tabs.open(DESKTOP)
    tab.open("/staff/")
    tab.walks_to(tab.page.get_by_label("Email address"))
    tab.page.keyboard.type(WIM)
    tab.walks_to(tab.page.get_by_label("Password"))
    tab.page.keyboard.type(PASSWORD)
    tab.keys("Enter")
    tab.walks_to(tab.page.get_by_label("Code", exact=True))
    tab.page.keyboard.type(phone.shows(tab))
    tab.keys("Enter")
    assert is_in(tab)


def test_without_scripts_there_is_no_button_for_passkeys(tabs: Tabs) -> None:
    tab = tabs.open(PHONE, scripts=False)
    tab.open("/staff/")
    assert not tab.page.get_by_role("button", name="Log in with a passkey").is_visible()


def test_a_forgotten_password(tabs: Tabs) -> None:
    tab = tabs.open(PHONE)
    seen = Inspection(tab, "log-in-forgotten")
    tab.open("/staff/")
    tab.follow("I have forgotten my password")
    seen.look("forgotten")
    tab.fill("Email address", "nobody@example.org")
    tab.press("Send the link")
    assert tab.heading == "Look at your email"
    seen.look("sent")
    seen.open("old-link", "/staff/account/password/new/1/none/")
    seen.assert_nothing_found()
