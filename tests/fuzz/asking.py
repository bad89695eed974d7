"""What is asked next: a link, a form, or anything thrown at any address. Drawn from one chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote

from django.urls import reverse

from lafse.isolation.addresses import Address
from tests.fuzz.pages import Field, Form, Page
from tests.fuzz.words import Words
from tests.fuzz.world import World

_OF_THE_SCHEME = ("introduction_changelist", "introduction_open", "ambassador_changelist", "talk_changelist")
_REMEMBERED = 120  # links, and forms
_BEGINNINGS = ("/", "/staff/", "/enquire/", "/your-enquiry/", "/staff/enquiries/enquiry/", "/ambassadors/")
_TYPED = ("An answer", "someone@example.org", "07700900123", "SO23 8UJ", "2026-11-27")
_THROWN_IN = ("next", "_popup", "to", "council", "action", "_save", "owner")


@dataclass(frozen=True)
class Asked:
    """`address`: path and query, quoted."""

    method: str
    address: str
    sends: Mapping[str, list[str]] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.address} {dict(self.sends)}"

    @property
    def body(self) -> str:
        return _written_out(self.sends)


def _written_out(sends: Mapping[str, list[str]]) -> str:
    pairs = [(name, value) for name, values in sends.items() for value in values]
    return "&".join(f"{quote(name, errors='replace')}={quote(value, errors='replace')}" for name, value in pairs)


class Curiosity:
    """`only_throws`: follows no link and fills in no form."""

    def __init__(self, world: World, chance: Random, places: Sequence[Address], *, only_throws: bool) -> None:
        self.world, self.chance, self.places, self.only_throws = world, chance, places, only_throws
        self.words = Words(world, chance)
        cases = [reverse("admin:enquiries_enquiry_change", args=[key]) for key in world.own["enquiry"][:4]]
        scheme = [reverse(f"admin:ambassadors_{name}") for name in _OF_THE_SCHEME]
        self.links: dict[str, None] = dict.fromkeys((*_BEGINNINGS, *cases, *scheme))  # the latest last
        self.forms: dict[str, Form] = {}  # by where they are sent to

    def next(self) -> Asked:
        draw = 99 if self.only_throws else self.chance.randrange(100)
        return self._followed() if draw < 40 else self._submitted() if draw < 75 else self._thrown()

    def remember(self, page: Page) -> None:
        """What was offered last is kept longest."""
        for link in page.links:
            self.links.pop(link, None)
            self.links[link] = None
        for form in page.forms:
            self.forms.pop(form.action, None)
            self.forms[form.action] = form
        for known in (self.links, self.forms):
            for oldest in list(known)[:-_REMEMBERED]:
                known.pop(oldest)

    def _followed(self) -> Asked:
        method = self.chance.choices(("GET", "HEAD"), (30, 1))[0]
        return Asked(method, self._with_query(self.chance.choice(list(self.links)), 0.35))

    def _submitted(self) -> Asked:
        if not self.forms:
            return self._followed()
        form = self.chance.choice(list(self.forms.values()))
        sends = self._filled(form)
        if form.method == "POST":
            return Asked("POST", self._with_query(form.action, 0.1), sends)
        return Asked("GET", f"{form.action.split('?')[0]}?{_written_out(sends)}")

    def _thrown(self) -> Asked:
        """At any address, linked or not, about anybody's object or none."""
        address = self.chance.choice(self.places)
        path = quote(address.path(_Values(self)), safe="/", errors="replace")
        if self.chance.random() < 0.5:
            return Asked("GET", self._with_query(path, 0.7))
        names = [each.name for form in self.forms.values() for each in form.fields] or ["x"]
        sends = {self.chance.choice(names): [self.words.any()] for _ in range(self.chance.randint(0, 6))}
        return Asked("POST", self._with_query(path, 0.2), sends)

    def _with_query(self, address: str, how_often: float) -> str:
        if self.chance.random() >= how_often:
            return address
        return f"{address}{'&' if '?' in address else '?'}{self.words.query()}"

    def _filled(self, form: Form) -> dict[str, list[str]]:
        """Mostly as it stands, some answers changed, a few thrown in. One button is pressed."""
        sends: dict[str, list[str]] = {}
        wild = self.chance.random() * 0.6
        for each in form.fields:
            if each.kind == "radio":
                if each.name not in sends or self.chance.random() < 0.4:
                    sends[each.name] = [each.value]
            elif each.kind in ("submit", "button", "checkbox"):
                if self.chance.random() < 0.5:
                    sends.setdefault(each.name, []).append(each.value or "on")
            else:
                sends[each.name] = [self._answer(each, wild)]
        if self.chance.random() < 0.15:
            sends[self.chance.choice(_THROWN_IN)] = [self.words.any()]
        return sends

    def _answer(self, each: Field, wild: float) -> str:
        if self.chance.random() < wild:
            return self.words.any()
        if each.options and self.chance.random() < 0.7:
            return self.chance.choice(each.options)
        if not each.value and each.kind in ("text", "textarea", "email", "tel"):
            return self.chance.choice(_TYPED)
        return each.value


class _Values(dict[str, str]):
    """For the parameters of an address: one's own, another's, or anything."""

    def __init__(self, curious: Curiosity) -> None:
        super().__init__()
        self.curious = curious

    def __missing__(self, name: str) -> str:
        words, kind = self.curious.words, name.removesuffix("_id")
        draw = self.curious.chance.random()
        if name == "token":
            return str(self.curious.chance.choice((*self.curious.world.doors, "x" * 43)))
        if draw < 0.5:
            return words.key_of_ours(kind) if words.world.own.get(kind) else words.key_of_ours()
        return words.key_of_theirs(kind) if draw < 0.85 else words.odd()
