"""A council's letter, tried before it is kept, and seen as it would arrive at Erin Example's."""

from collections.abc import Mapping
from datetime import datetime

from councils.models import Council
from enquiries.followups.placeholders import Words
from enquiries.followups.preview import Sample, at_erins
from enquiries.followups.trial import Trial, faults_in, sample_values
from enquiries.letters.placeholders import OFFERED

LINK = "See or change your enquiry"
_WRITER = "Kim Example"


def words_of(subject: str, text: str) -> Words:
    return Words(subject=subject, text=text, text_message="", link=LINK)


def letter_faults(words: Words, council: Council, now: datetime) -> list[str]:
    """Sentences for whoever wrote it; none where it can be used."""
    return faults_in(words, Trial(OFFERED, (), _samples(council, now)), council)


def letter_sample(words: Words, council: Council, now: datetime) -> Sample:
    if found := letter_faults(words, council, now):
        return Sample(faults=tuple(found))
    return at_erins(words, _samples(council, now)[0], council)


def _samples(council: Council, now: datetime) -> list[Mapping[str, str]]:
    known = [{"my name": _WRITER, **values} for values in sample_values(council, now)]
    return [{name: values[name] for name in OFFERED} for values in known]
