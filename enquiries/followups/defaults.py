"""The hub's own words, one file each in `words/`: a head, an empty line, the text."""

from functools import cache
from pathlib import Path

from enquiries.follow_up_states import FollowUp
from enquiries.followups.placeholders import Words

_FOLDER = Path(__file__).parent / "words"


@cache
def default_words(follow_up: FollowUp) -> Words:
    head, _, text = (_FOLDER / f"{follow_up}.txt").read_text(encoding="utf-8").partition("\n\n")
    said = dict(line.split(":", 1) for line in head.splitlines())
    return Words(
        subject=said["Subject"].strip(),
        text=text.strip(),
        text_message=said["Text message"].strip(),
        link=said["Link"].strip(),
    )
