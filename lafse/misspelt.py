"""Names that are nearly a setting's. A setting under a wrong name would be ignored, and nobody would know."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

SETTINGS = frozenset(
    {
        *("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ERASER_URL", "REDIS_URL", "EMAIL_URL"),
        *("SECRET_KEY", "HASH_KEY", "DEBUG", "ALLOWED_HOSTS", "BASE_URL", "DEFAULT_HUB", "DATA_DIR", "DEV_MAILBOX"),
        *("TRUSTED_PROXIES", "PLAIN_STATIC", "MAIL_DOMAIN", "INBOUND_DOMAIN", "DEFAULT_FROM_EMAIL", "LOG_LEVEL"),
        *("HOOK_SECRET", "NOTIFY_API_KEY", "NOTIFY_URL", "NOTIFY_EMAIL_TEMPLATE", "NOTIFY_SMS_TEMPLATE"),
        *("NOTIFY_CALLBACK_TOKEN", "INSTANCE_ID", "WITNESS_PATH", "HOSTED_BY", "ERASURE_LEDGER"),
        *("MAIL_PER_SECOND", "MAIL_PER_DOMAIN_PER_SECOND"),
        *("POSTS_PER_NETWORK", "FORMS_PER_NETWORK", "POSTS_PER_FORM", "LINKS_PER_NETWORK", "FAILPOINTS"),
        *("STAFF_IDLE_MINUTES", "SECRET_KEY_FALLBACKS"),
    }
)
# Read by docker-compose.yml and the Makefile, which share .env with us.
FOR_OTHERS = frozenset(
    {
        *("POSTGRES_PASSWORD", "LAFSE_OWNER_PASSWORD", "LAFSE_APP_PASSWORD", "LAFSE_ERASER_PASSWORD"),
        *("VALKEY_PASSWORD", "VALKEY_PORT", "VALKEY_BIND", "VALKEY_AT", "POSTGRES_AT", "WEB_AT", "WEB_PORT"),
        *("PROXY_PORT", "PUBLISH", "PORT", "PYTHON", "DJANGO_SETTINGS_MODULE", "TZ"),
    }
)
# Of programs that take their settings from the same file.
PREFIXES = ("COMPOSE_", "DOCKER_", "GUNICORN_", "CELERY_", "PYTHON", "PG", "SSL_", "HTTP_", "HTTPS_", "NO_PROXY")
LONG_ENOUGH = 8  # letters: shorter names are near to too many others
LONG = 14  # from here on two slips are still a slip of ours


def named_in(file: Path) -> set[str]:
    if not file.exists():
        return set()
    return set(re.findall(r"^\s*(?:export\s+)?([A-Za-z_][A-Za-z_0-9]*)\s*=", file.read_text(), re.MULTILINE))


def complaints(*, environment: Iterable[str], file: Iterable[str]) -> list[str]:
    """One sentence for each wrong name. The environment is full of others' names: only near misses count there."""
    near = [_sentence(name, meant) for name in sorted(environment) if (meant := meant_by(name))]
    return near + [_sentence(name, _nearest(name)) for name in sorted(file) if _is_unknown(name)]


def meant_by(name: str) -> str | None:
    """The setting that was probably meant. DATA_DIRS and DATABASE_URI are names that other programs use."""
    if len(name) < LONG_ENOUGH or name in SETTINGS | FOR_OTHERS:
        return None
    return next((meant for meant in sorted(SETTINGS) if _is_near(name, meant)), None)


def slips(typed: str, meant: str) -> int:
    """Letters missing, added, wrong or swapped with their neighbour."""
    before, row = [0] * (len(meant) + 1), list(range(len(meant) + 1))
    for i, letter in enumerate(typed, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(meant, 1):
            fewest = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and (letter, typed[i - 2]) == (meant[j - 2], other):
                fewest = min(fewest, older[j - 2] + 1)
            row.append(fewest)
    return row[-1]


def _is_near(name: str, meant: str) -> bool:
    """Fingers slip inside a word; another ending is another word, and underlines are left out on purpose."""
    begins_alike = name[0] == meant[0]
    ends_alike = name[-1] == meant[-1] or name[-2:] == meant[:-3:-1]
    is_other_spelling = name.replace("_", "") == meant.replace("_", "")
    most = 2 if len(meant) >= LONG else 1
    return begins_alike and ends_alike and not is_other_spelling and slips(name, meant) <= most


def _is_unknown(name: str) -> bool:
    return name not in SETTINGS | FOR_OTHERS and not name.upper().startswith(PREFIXES)


def _nearest(name: str) -> str | None:
    return next(iter(get_close_matches(name.upper(), sorted(SETTINGS | FOR_OTHERS), n=1, cutoff=0.75)), None)


def _sentence(name: str, meant: str | None) -> str:
    return f"{name} is no setting. " + (f"Did you mean {meant}?" if meant else "Remove it from .env.")
