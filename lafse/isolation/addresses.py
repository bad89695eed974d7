"""Every address of the site, from the URL resolver."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """`name` with its namespaces, and the route where it has none."""

    name: str
    route: str

    @property
    def is_staff_page(self) -> bool:
        """Not of one's own account: that one is open to who has still to set up their second step."""
        return self.route.startswith("staff/") and not self.route.startswith("staff/account/")

    def path(self, values: Mapping[str, str]) -> str:
        return "/" + _PARAMETER.sub(lambda found: values[found[1]], self.route)


def addresses() -> list[Address]:
    return list(_walk(get_resolver().url_patterns))


def _walk(patterns: list[URLPattern | URLResolver], route: str = "", names: tuple[str, ...] = ()) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here, (*names, pattern.namespace) if pattern.namespace else names)
        else:
            yield Address(":".join((*names, pattern.name)) if pattern.name else here, here)
