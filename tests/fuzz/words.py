"""Generated input: what no browser sends, what a curious colleague types, and what scanners try."""

from collections.abc import Callable
from random import Random
from urllib.parse import quote, urlencode

from django.contrib import admin

from tests.fuzz.canary import CANARY
from tests.fuzz.world import World

# Never the whole canary: a page may repeat what was typed.
START_OF_CANARY = CANARY[:5]
_ODD = (
    "", " ", "0", "-1", "1", "99999999999999999999999999", "1e309", "NaN", "-0.0", "٣", "½", "0x10", "None", "null",
    "true",
    "' OR 1=1 --", '"; DROP TABLE x; --', "%", "%s", "%(name)s", "{0}", "{{ 7|add:7 }}", "${7*7}", "<script>x</script>",
    "../../etc/passwd", "\\", "\r\nX-Leak: yes", "a\x00b", "\x1f", "\x7f", "\u202eevil", "e\u0301", "\u200b", "\ufeff",
    "👩‍👩‍👧", "\U0010ffff", "ß", "İ", "ﬁ", "A" * 300, "é" * 3000, "0000-00-00", "9999-12-31", "2026-02-30", "10-01-01",
    "2026-11-22T25:61", "0001-01-01", "2026-11-22", "24:00", "00:00", "[]", "{}", '{"a": [1', "a,b,c", "true,false",
    "07700900123", "+4477009001234567890123", "someone@example.org", "a@b", "@", "SO23 8UJ", "ME14 1XQ", "ZZ99 9ZZ",
    START_OF_CANARY, f"{START_OF_CANARY}*", f"%{START_OF_CANARY}%", "http://evil.invalid/", "//evil.invalid",
    "javascript:x",
    "00000000-0000-0000-0000-000000000000", "urn:uuid:00000000-0000-4000-8000-000000000000", "1" * 400, "-" * 40,
)  # fmt: skip
_LOOKUPS = (
    "", "exact", "iexact", "contains", "icontains", "startswith", "istartswith", "endswith", "in", "gt", "lte", "range",
    "isnull", "regex", "iregex", "year", "date", "overlap", "has_key", "nothing", "pk", "id", "0", "len",
)  # fmt: skip
_OF_THE_ADMIN = {
    "_popup": ("1", "true", ""),
    "_to_field": ("id", "council", "email", "council__email", "password", "nothing"),
    "_changelist_filters": ("council__id__exact%3D1", "q%3Dx"),
    "_facets": ("True", "x"),
    "next": ("/staff/", "//evil.invalid/", "javascript:x", "https://evil.invalid", "/staff/councils/membership/"),
    "o": ("1", "-1", "1.-2", "99", "a", "-", "1.1.1", "٣"),
    "p": ("0", "1", "-1", "99999999999", "x", "last"),
    "page": ("0", "1", "-1", "99999999999999999999", "x", "last"),
    "all": ("", "1"),
    "e": ("1",),
    "q": (START_OF_CANARY, "x y z", "é"),
    "typed": (START_OF_CANARY, "Example", "x y z"),
    "show": ("all", "mine", "nothing"),
}


class Words:
    """Drawn from one chance, so that a seed gives the same again."""

    def __init__(self, world: World, chance: Random) -> None:
        self.world, self.chance = world, chance
        self._draws: tuple[Callable[[], str], ...] = (
            self.odd,
            self.odd,
            self.key_of_ours,
            self.key_of_theirs,
            self.code,
        )

    def any(self) -> str:
        return self.chance.choice(self._draws)()

    def odd(self) -> str:
        return self.chance.choice(_ODD)

    def code(self) -> str:
        return self.chance.choice(
            ("email", "call", "text", "reached", "no_answer", "other", "send", "yes", "on", "reach", "csv", "xlsx")
        )

    def key_of_ours(self, kind: str = "") -> str:
        return self._key(self.world.own, kind)

    def key_of_theirs(self, kind: str = "") -> str:
        return self._key(self.world.foreign, kind)

    def _key(self, keys: "dict[str, list[str]] | object", kind: str) -> str:
        assert isinstance(keys, dict)
        known = keys.get(kind) or self.chance.choice([each for each in keys.values() if each])
        return str(self.chance.choice(known))

    def query(self) -> str:
        """Of up to four parts, each once or twice."""
        parts: list[tuple[str, str]] = []
        for _ in range(self.chance.randint(1, 4)):
            parts += [self.chance.choice((self._lookup, self._admin, self._admin, self._nonsense))()]
        return urlencode(parts, quote_via=quote, errors="replace")

    def _lookup(self) -> tuple[str, str]:
        """`council__name__startswith` and the like, along the keys of the models that have pages."""
        model = self.chance.choice(sorted(admin.site._registry, key=lambda each: each._meta.label))
        path: list[str] = []
        for _ in range(self.chance.randint(1, 3)):
            each = self.chance.choice(sorted(model._meta.get_fields(), key=lambda one: one.name))
            path.append(each.name)
            if not each.is_relation or not each.related_model or isinstance(each.related_model, str):
                break
            model = each.related_model
        path.append(self.chance.choice(_LOOKUPS))
        return "__".join(filter(None, path)), self.any()

    def _admin(self) -> tuple[str, str]:
        name = self.chance.choice(sorted(_OF_THE_ADMIN))
        return name, self.chance.choice((*_OF_THE_ADMIN[name], self.any()))

    def _nonsense(self) -> tuple[str, str]:
        names = (
            "council",
            "council_id",
            "id",
            "pk",
            "user",
            "owner",
            "to",
            "csv",
            "format",
            "state",
            "kind",
            "return",
            "",
        )
        return self.chance.choice((*names, self.odd()[:80])), self.any()
