"""The way through the pages of the log-in, with an authenticator app or with a passkey."""

from dataclasses import dataclass, field

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from tests.e2e.tab import Tab
from tests.factories import PASSWORD

# A security key inside the computer, that knows who touches it.
BUILT_IN = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass
class App:
    """On somebody's phone. Each code is good once, so it waits for one that was not used."""

    secret: str
    used: set[int] = field(default_factory=set)

    def shows(self, tab: Tab) -> str:
        while True:
            *_, now, after = yield_hotp_counters_from_time()
            fresh = [step for step in (now, after) if step > max(self.used, default=0)]
            if fresh:
                self.used.add(fresh[0])
                return str(format_hotp_value(hotp_value(self.secret, fresh[0])))
            tab.page.wait_for_timeout(500)


def types_password(tab: Tab, email: str) -> None:
    tab.open("/staff/")
    tab.fill("Email address", email)
    tab.fill("Password", PASSWORD)
    tab.press("Log in")


def types_code(tab: Tab, code: str) -> None:
    tab.fill("Code", code)
    tab.press("Continue")


def gives_security_key(tab: Tab) -> None:
    """As if one were built into this computer."""
    device = tab.page.context.new_cdp_session(tab.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": BUILT_IN})
