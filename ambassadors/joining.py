"""What an ambassador agrees to before anything else: each wording by its version. No ORM and no clock.

A wording that has landed is never changed: a new one is added, under a later version, and a test holds the old ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    """`points`: a heading and what it means. `agreed`: what stands beside the box."""

    points: tuple[tuple[str, str], ...]
    agreed: str


STATEMENTS: Mapping[str, Statement] = {
    "2026-11": Statement(
        (
            (
                "What others see of you",
                "Your first name, what you write about yourself and what you choose to share. Only people that your "
                "council has introduced to you see it, and the staff who introduce you. Nobody whom you talk to is "
                "given your surname, your address, your email address or your phone number.",
            ),
            (
                "What you see of others",
                "A first name and what they would like to talk about. You do not see their enquiry. What they tell "
                "you stays between you, unless somebody may be at risk.",
            ),
            (
                "Children you care for, or have cared for",
                "Never say or write a child’s name, school, or anything else by which a child could be known.",
            ),
            (
                "If something worries you",
                "You do not have to decide whether it is serious. Tell us on these pages, and the safeguarding group "
                "of your council reads it. If somebody is in danger now, ring 999 first.",
            ),
            (
                "What we keep of you",
                "What you choose to share about yourself is deleted the moment you take it back, and when you stop. "
                "The rest of your profile, and your log of time and mileage, is deleted a year after you stop. Your "
                "council answers for it: ask it at any time what it holds on you.",
            ),
            (
                "It is up to you",
                "You choose how many people you talk to and when. You can say no to anybody without a reason, take a "
                "break, or stop.",
            ),
        ),
        "I have read this and will keep to it",
    )
}


def newest() -> str:
    return max(STATEMENTS)
