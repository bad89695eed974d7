"""Which addresses may speak for a council. Pure."""

import re
from urllib.parse import urlsplit

_ENTRA_HOSTS = frozenset({"login.microsoftonline.com", "sts.windows.net", "login.windows.net"})
_ENTRA_TENANT = re.compile(r"https://login\.microsoftonline\.com/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/v2\.0")
_LOOPBACK = frozenset({"localhost", "127.0.0.1"})


def objection(issuer: str, *, plain_loopback: bool) -> str:
    """A sentence; empty: fine. `plain_loopback`: http to this machine is allowed, for tests and development."""
    parts = urlsplit(issuer)
    loopback = plain_loopback and parts.scheme == "http" and parts.hostname in _LOOPBACK
    if (parts.scheme != "https" and not loopback) or not parts.hostname:
        return "The issuer must be an address that begins with https://."
    if parts.query or parts.fragment or parts.username or issuer.endswith("/"):
        return "The issuer is written without ?, #, a user name and a slash at the end."
    if is_entra(issuer) and not _ENTRA_TENANT.fullmatch(issuer):
        return (
            "An Entra issuer names one tenant by its id: https://login.microsoftonline.com/<tenant id>/v2.0."
            " /common and /organizations let in people of every organisation."
        )
    return ""


def is_entra(issuer: str) -> bool:
    return urlsplit(issuer).hostname in _ENTRA_HOSTS


def same_place(issuer: str, address: object) -> bool:
    """At the issuer's own host and port, by the same scheme."""
    if not isinstance(address, str):
        return False
    try:
        ours, theirs = urlsplit(issuer), urlsplit(address)
        return (ours.scheme, ours.hostname, ours.port) == (theirs.scheme, theirs.hostname, theirs.port)
    except ValueError:
        return False
