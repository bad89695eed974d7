"""Reading settings: each problem is one sentence with its cure."""

import os
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from lafse.misspelt import complaints, named_in

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}
REDIS = ("redis://", "rediss://", "unix://")
POSTGRES = {"postgres", "postgresql", "psql", "pgsql"}


class Environment:
    def __init__(self, file: Path) -> None:
        """The environment goes before the file."""
        named = named_in(file)
        if wrong := complaints(environment=os.environ.keys() - named, file=named):
            raise ImproperlyConfigured("\n".join(wrong))
        environ.Env.read_env(file)
        self._env = environ.Env()

    def text(self, name: str, *, default: str) -> str:
        return str(self._env.str(name, default=default))

    def required(self, name: str, *, cure: str) -> str:
        value = self.text(name, default="")
        if not value:
            raise ImproperlyConfigured(f"{name} is not set. {cure} (in the environment or in .env)")
        return value

    def switch(self, name: str, *, default: bool) -> bool:
        value = self.text(name, default=str(default)).strip().lower()
        if value not in TRUE | FALSE:
            raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no. Write 1 or 0.")
        return value in TRUE

    def only_while_debugging(self, name: str, *, debug: bool) -> str:
        value = self.text(name, default="")
        if value and not debug:
            raise ImproperlyConfigured(f"{name} is for the fault harness and never for production. Remove it.")
        return value

    def number(self, name: str, *, default: int) -> int:
        value = self.text(name, default=str(default)).strip()
        if not value.isdecimal():
            raise ImproperlyConfigured(f"{name}={value!r} is not a whole number. Write digits only.")
        return int(value)

    def words(self, name: str, *, default: str) -> list[str]:
        return [word.strip() for word in self.text(name, default=default).split(",") if word.strip()]

    def database(self, name: str) -> dict[str, Any]:
        url = self.required(name, cure="For example postgres://lafse_app:password@127.0.0.1:5432/lafse")
        if url.split("://")[0] not in POSTGRES:
            raise ImproperlyConfigured(f"{name} must begin with postgres:// (PostgreSQL is the only database).")
        return {
            **self._env.db_url_config(url, engine="councils.database"),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "DISABLE_SERVER_SIDE_CURSORS": True,  # PgBouncer in transaction mode
        }

    def redis(self, name: str) -> str:
        url = self.required(name, cure="For example redis://:password@127.0.0.1:6379/0")
        if not url.startswith(REDIS):
            raise ImproperlyConfigured(f"{name} must begin with redis://, rediss:// (encrypted) or unix:// (a socket).")
        return url

    def email(self, name: str, *, default: str) -> dict[str, Any]:
        try:
            return dict(self._env.email_url_config(self.text(name, default=default)))
        except (KeyError, ValueError, ImproperlyConfigured) as error:
            raise ImproperlyConfigured(
                f"{name} is not understood. For example smtp://user:password@host:587 or consolemail://"
            ) from error
