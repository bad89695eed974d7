"""docker-compose.yml as Docker Compose would read it: variables filled in, commands as lists."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).resolve().parents[2] / "docker-compose.yml"
VARIABLE = re.compile(r"\$(?:(\$)|\{(\w+)(?::(\?|-)([^}]*))?\})")


@dataclass(frozen=True)
class Service:
    command: list[str]
    environment: dict[str, str]
    healthcheck: list[str]


def services(values: Mapping[str, str]) -> dict[str, Service]:
    read = yaml.safe_load(FILE.read_text())
    return {name: _service(described, values) for name, described in read["services"].items()}


def filled_in(text: str, values: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        dollar, name, operator, rest = found.groups()
        if dollar:
            return dollar
        if name in values:
            return values[name]
        if operator == "-":
            return str(rest)
        raise KeyError(f"docker-compose.yml needs {name}")

    return VARIABLE.sub(value, text)


def _service(described: Mapping[str, Any], values: Mapping[str, str]) -> Service:
    return Service(
        command=[filled_in(word, values) for word in described.get("command", [])],
        environment={name: filled_in(text, values) for name, text in described.get("environment", {}).items()},
        healthcheck=_check([filled_in(word, values) for word in described.get("healthcheck", {}).get("test", [])]),
    )


def _check(words: list[str]) -> list[str]:
    match words:
        case ["CMD", *command]:
            return command
        case ["CMD-SHELL", script]:
            return ["sh", "-c", script]
    return []
