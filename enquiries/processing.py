"""The record of processing (Article 30 of the UK GDPR), made from what every model says that it holds on people."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

from councils.holdings import Whose, holdings
from councils.retention_names import Kept
from enquiries.retention.lives import LIVES

BASIS = "As the council sets it. Proposed: public task, Article 6(1)(e) of the UK GDPR"
_WHY: Mapping[Whose, str] = {
    Whose.ENQUIRER: "To answer people who ask about fostering, and to show that the promise made to them was kept",
    Whose.AMBASSADOR: "To find, for whoever asks for it, a foster carer to talk to, and to settle time and mileage",
    Whose.STAFF: "To let the right people in, and to show who did what",
}
_PLURALS = {"replys": "replies"}
_WHOLE = "the whole row"


@dataclass(frozen=True)
class Line:
    """`what`: by the table's name, its personal fields."""

    whose: Whose
    kept: Kept
    what: Mapping[str, list[str]]

    @property
    def why(self) -> str:
        return _WHY[self.whose]

    @property
    def until(self) -> str:
        return LIVES[self.kept].until


def record_of_processing() -> list[Line]:
    """One line for whose data it is and how long that is kept."""
    grouped: dict[tuple[Whose, Kept], dict[str, list[str]]] = defaultdict(dict)
    for model, told in holdings():
        if told.whose is not Whose.NOBODY:
            grouped[told.whose, told.kept][_words(model)] = [_field(model, name) for name in told.fields] or [_WHOLE]
    order = {whose: place for place, whose in enumerate(Whose)}
    lines = [Line(whose, kept, what) for (whose, kept), what in grouped.items()]
    return sorted(lines, key=lambda line: (order[line.whose], list(Kept).index(line.kept)))


def _words(model: type[models.Model]) -> str:
    words = str(model._meta.verbose_name_plural)
    return _PLURALS.get(words, words).capitalize()


def _field(model: type[models.Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name)).lower()
