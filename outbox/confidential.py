"""Kinds of messages that whoever looks after messages does not see, because that there was one says too much.

Rooms above name theirs in `AppConfig.ready`. One that fails becomes nobody's to-do either: whoever sends them looks
after that.
"""

_kinds: set[str] = set()


def keep_confidential(*kinds: str) -> None:
    _kinds.update(kinds)


def confidential() -> frozenset[str]:
    return frozenset(_kinds)
