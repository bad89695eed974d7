"""Texts that a council can start its own letters from. None is kept, or sent, before a manager has saved it."""

from collections.abc import Mapping
from dataclasses import dataclass

GREETING = "((greeting))"
SIGNED = "((my name))\n((service))"


@dataclass(frozen=True)
class Start:
    name: str
    subject: str
    text: str


STARTS: Mapping[str, Start] = {
    "time": Start(
        "A time to talk",
        "A time to talk about fostering",
        f"""((greeting))

((sorry))

I would like to talk with you about fostering, and to answer your questions.

Which days and times suit you? Answer this email with two or three of them, or ring ((phone)).

If there is anything that would make it easier for you to talk to us, please tell us that too.

{SIGNED}""",
    ),
    "talked": Start(
        "After we talked",
        "Our conversation about fostering",
        f"""((greeting))

thank you for talking with me about fostering.

If you think of another question, answer this email or ring ((phone)). You can read about every step on this page:
((what happens next))

There is no hurry. Take the time that you need to think about it.

{SIGNED}""",
    ),
    "visit": Start(
        "Before our visit",
        "Our visit on ((visit))",
        f"""((greeting))

I am looking forward to meeting you on ((visit)).

You may want to write down what you would like to ask. Everybody who lives with you is welcome to join us.

If that day does not suit you any more, answer this email or ring ((phone)).

{SIGNED}""",
    ),
}
