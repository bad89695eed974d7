"""Kinds of messages that whoever looks after messages does not see, because that there was one says too much.

Rooms above name theirs in `AppConfig.ready`. One that fails becomes nobody's to-do either: whoever sends them looks
after that.
"""

_kinds: set[str] = set()
_opening: set[str] = set()


def keep_confidential(*kinds: str) -> None:
    _kinds.update(kinds)


def confidential() -> frozenset[str]:
    return frozenset(_kinds)


def opens_own_pages(*kinds: str) -> None:
    """Of messages, or of what they are about: their links open the pages of whoever gets them, so that nobody else is
    shown the text."""
    _opening.update(kinds)


def is_for_the_receiver_alone(*, kind: str, subject_kind: str) -> bool:
    return not _opening.isdisjoint((kind, subject_kind))
