"""What a sender may take now. Circuits, allowances and suppressions are asked once a batch, and never between sends."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from outbox import circuits, permits, rates
from outbox.channels import provider_of
from outbox.circuits import Standing, Standings
from outbox.claiming import EVERY_CHANNEL, Wanted, lease, release
from outbox.models import Message
from outbox.permits import Answer
from outbox.settling import call_off, set_aside
from outbox.states import ChannelKind, Lane
from outbox.suppressions import covered

_WORKING = (Standing.SOUND, Standing.SHAKY)


@dataclass
class Batch:
    messages: list[Message] = field(default_factory=list)
    standings: Standings = field(default_factory=lambda: Standings({}))

    def standing(self, message: Message) -> Standing:
        return self.standings[provider_of(message.channel)]


def pick(limit: int, lanes: Iterable[Lane], overdue_by: timedelta = timedelta()) -> Batch:
    """Leased, in the order in which to send: service before campaigns."""
    carried = _channels_by_provider()
    batch = Batch(standings=circuits.standings(carried))
    for lane in lanes:
        if not batch.messages:
            batch.messages = _pick_lane(lane, carried, batch.standings, limit, overdue_by)
    return batch


def _pick_lane(
    lane: Lane, carried: dict[str, list[str]], standings: Standings, limit: int, overdue_by: timedelta
) -> list[Message]:
    """Providers that need no care are asked about together; the others one by one."""
    picked: list[Message] = []
    easy = [] if rates.limit_of_provider().rate else [name for name in carried if standings[name] in _WORKING]
    if easy:
        channels = [channel for name in easy for channel in carried[name]]
        picked = _permitted(_within_domains(lease(Wanted(lane, channels, overdue_by), limit), lane))
    for name in carried.keys() - easy:
        wanted = Wanted(lane, carried[name], overdue_by, at_random=standings[name] is Standing.PROBE)
        picked += _pick(wanted, name, standings[name], limit)
    return picked


def _channels_by_provider() -> dict[str, list[str]]:
    carried: dict[str, list[str]] = {}
    for kind in EVERY_CHANNEL:
        carried.setdefault(provider_of(kind), []).append(kind)
    return carried


def _pick(wanted: Wanted, provider: str, standing: Standing, limit: int) -> list[Message]:
    if standing is Standing.OPEN:
        return []
    limit = 1 if standing is Standing.PROBE else limit
    messages = _permitted(_within_domains(_within_provider(wanted, provider, limit), wanted.lane))
    if messages and standing is Standing.PROBE and not circuits.take_probe(provider):
        release(messages)
        return []
    return messages


def _within_provider(wanted: Wanted, provider: str, limit: int) -> list[Message]:
    key, most = f"{rates.PROVIDER}:{provider}", rates.limit_of_provider()
    granted = rates.take({key: limit}, most, wanted.lane).get(key, 0)
    messages = lease(wanted, granted)
    if most.rate and len(messages) < granted:
        rates.give_back(key, granted - len(messages))
    return messages


def _within_domains(messages: Sequence[Message], lane: Lane) -> list[Message]:
    """Those whose domain takes no more now go back, to be due when it does; others pass them."""
    most = rates.limit_of_domain()
    wanted = Counter(message.to_domain for message in messages if message.channel == ChannelKind.EMAIL)
    if not wanted or not most.rate:
        return list(messages)
    granted = rates.take({f"{rates.DOMAIN}:{name}": count for name, count in wanted.items()}, most, lane)
    return _sorted_out(messages, {name.removeprefix(f"{rates.DOMAIN}:"): left for name, left in granted.items()}, most)


def _sorted_out(messages: Sequence[Message], left: dict[str, int], most: rates.Limit) -> list[Message]:
    within: list[Message] = []
    beyond: list[Message] = []
    waits: list[float] = []
    for message in messages:
        remaining = left.get(message.to_domain, 1)
        if remaining > 0 or message.channel != ChannelKind.EMAIL:
            within.append(message)
        else:
            beyond.append(message)
            waits.append((1 - remaining) / most.rate)
        left[message.to_domain] = remaining - 1
    release(beyond, waits)
    return within


def _permitted(messages: Sequence[Message]) -> list[Message]:
    """Without those whose address was found not to work, or whose owner said no, since they were enqueued."""
    spared = covered(messages) if messages else frozenset()
    for message in messages:
        if message.pk in spared:
            set_aside(message)
    return _allowed([message for message in messages if message.pk not in spared])


def _allowed(messages: list[Message]) -> list[Message]:
    """Without those that whoever wrote them does not want to leave any more, or not now."""
    told = permits.answers(messages)
    for message in messages:
        if told.get(message.pk) is Answer.NEVER:
            call_off(message)
    held = [message for message in messages if told.get(message.pk) is Answer.NOT_NOW]
    release(held, [permits.LATER.total_seconds()] * len(held))
    return [message for message in messages if told.get(message.pk, Answer.GO) is Answer.GO]
