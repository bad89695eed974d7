"""What an ambassador is asked before they share something about themselves: each wording by its version. No ORM.

An offering keeps the version that was on the page when its box was ticked. A wording that has landed is never changed:
a new one is added, under a later version, and a test holds the old ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ambassadors.states import Attribute


@dataclass(frozen=True)
class Wording:
    """`explanation` stands above the boxes, `boxes` beside them, in the first person: each is their own to tick."""

    explanation: tuple[str, ...]
    boxes: Mapping[Attribute, str]


WORDINGS: Mapping[str, Wording] = {
    "2026-11": Wording(
        (
            "Some people would like to talk to somebody whose life is like theirs. Tick only what you are happy for "
            "them to know. You do not have to tick anything, and nobody asks you why.",
            "What you tick is shown to people whom you may talk to, and to the staff of your council’s ambassador "
            "scheme, or of another council’s if you may talk to its people. We use it to introduce you to somebody "
            "who wished for it, and for nothing else.",
            "You can take each one back at any time: untick it and save. It is deleted at once.",
        ),
        {
            Attribute.TEENAGERS: "I foster teenagers",
            Attribute.OWN_CHILDREN: "I foster with children of my own at home",
            Attribute.SINGLE: "I foster on my own",
            Attribute.COUPLE: "I foster as one of a couple",
            Attribute.WORKING: "I work and foster",
            Attribute.LGBTQ: "I am LGBTQ+",
            Attribute.CHRISTIAN: "I am Christian",
            Attribute.MUSLIM: "I am Muslim",
            Attribute.HINDU: "I am Hindu",
            Attribute.SIKH: "I am Sikh",
            Attribute.JEWISH: "I am Jewish",
            Attribute.BUDDHIST: "I am Buddhist",
            Attribute.DISABLED: "I am disabled or have a long-term health condition",
            Attribute.BLACK: "I am Black",
            Attribute.ASIAN: "I am Asian",
            Attribute.MIXED: "I have a mixed or multiple ethnic background",
            Attribute.CAME_TO_UK: "I came to the UK from another country",
            Attribute.CARE_EXPERIENCED: "I grew up in care",
        },
    )
}
# As they stand on the page.
GROUPS: tuple[tuple[str, tuple[Attribute, ...]], ...] = (
    (
        "How I foster",
        (
            *(Attribute.TEENAGERS, Attribute.OWN_CHILDREN, Attribute.SINGLE, Attribute.COUPLE),
            Attribute.WORKING,
        ),
    ),
    (
        "My faith",
        (
            *(Attribute.BUDDHIST, Attribute.CHRISTIAN, Attribute.HINDU, Attribute.JEWISH, Attribute.MUSLIM),
            Attribute.SIKH,
        ),
    ),
    (
        "My background",
        (Attribute.ASIAN, Attribute.BLACK, Attribute.MIXED, Attribute.CAME_TO_UK, Attribute.CARE_EXPERIENCED),
    ),
    ("More about me", (Attribute.LGBTQ, Attribute.DISABLED)),
)


def newest() -> str:
    return max(WORDINGS)


def now_asked() -> Wording:
    return WORDINGS[newest()]


def box_of(attribute: Attribute) -> str:
    """As it is asked now."""
    return now_asked().boxes[attribute]
