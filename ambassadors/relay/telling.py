"""What leaves by the relay: the mail that is passed on, and what its writer is told where it is not."""

import hashlib
from datetime import timedelta
from email.utils import formataddr, parseaddr
from enum import StrEnum

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from ambassadors.pairs import Pair
from ambassadors.relay.addresses import Side, address_for
from ambassadors.relay.parties import Parties, Party
from councils.clock import hub_now
from councils.models import Council, Hub
from councils.working_time import in_london
from outbox.actions import Envelope, enqueue_template
from outbox.incoming import Incoming
from outbox.models import Message

PASSED_ON, TOLD = "relay", "relay_told"  # kinds of messages
KINDS = (PASSED_ON, TOLD)
SEND_WITHIN = timedelta(hours=72)
DAY = timedelta(days=1)
_PAGES = {Side.ENQUIRER: "status:page", Side.AMBASSADOR: "ambassadors:home"}


class Why(StrEnum):
    """A mail was not passed on, or not all of it."""

    ENDED = "ended"
    OTHER_ADDRESS = "other_address"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NOTHING = "nothing"
    FILES = "files"
    CANNOT = "cannot"


def pass_on(pair: Pair, parties: Parties, mail: Incoming, text: str) -> Message | None:
    """Inside pair_at, locked. The row lies with the case: it holds the enquirer's words, and goes with them."""
    writer, reader, council = parties.writer, parties.reader, _council_of(pair)
    envelope = _envelope(pair, council, PASSED_ON, to=reader)
    envelope["subject"] = f"{writer.name} has written to you"
    envelope["dedupe_key"] = f"{PASSED_ON}:{pair.introduction.pair_id}:{writer.side}:{_short(mail.message_id)}"
    envelope["sender"] = _through(writer, council.hub, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    envelope["reply_to"] = _through(writer, council.hub, address_for(pair.introduction.pair_id, reader.side))
    envelope["by_person"] = True
    context = {
        "text": text,
        "files": mail.files,
        "first": not _passed_on_to(pair, reader.side).exists(),
        "writer": writer,
        "reader": reader,
        "page": _page_of(reader.side),
        "hub": council.hub,
    }
    return enqueue_template(template=f"relay_to_{reader.side}", context=context, **envelope)


def tell_writer(pair: Pair, parties: Parties, why: Why) -> None:
    """Once a day and reason, and only to the address that we know: whoever forged a mail learns nothing, and two
    programs have nothing to answer each other."""
    writer, council = parties.writer, _council_of(pair)
    if not writer.may_be_mailed:
        return
    today = in_london(hub_now()).date()
    envelope = _envelope(pair, council, TOLD, to=writer)
    envelope["subject"] = f"Your email to {parties.reader.name}"
    envelope["dedupe_key"] = f"{TOLD}:{pair.introduction.pair_id}:{writer.side}:{why}:{today.isoformat()}"
    context = {"why": why.value, "reader": parties.reader, "page": _page_of(writer.side), "hub": council.hub}
    enqueue_template(template="relay_told", context=context, **envelope)


def passed_on_lately(pair: Pair, writer: Side) -> int:
    """Within a day."""
    return _passed_on_to(pair, writer.other).filter(created_at__gt=hub_now() - DAY).count()


def _passed_on_to(pair: Pair, reader: Side) -> "QuerySet[Message]":
    about = Message.objects.filter(council=pair.introduction.council_id, subject_id=pair.introduction.pk)
    found: QuerySet[Message] = about.filter(kind=PASSED_ON, to_staff=reader is Side.AMBASSADOR)
    return found


def _envelope(pair: Pair, council: Council, kind: str, *, to: Party) -> Envelope:
    """`to_staff`: an ambassador's address is not of the person that the row is about."""
    return Envelope(
        council=council,
        kind=kind,
        to=to.address,
        subject="",
        dedupe_key="",
        expires_at=hub_now() + SEND_WITHIN,
        subject_kind="introduction",
        subject_id=pair.introduction.pk,
        to_staff=to.side is Side.AMBASSADOR,
    )


def _through(writer: Party, hub: Hub, address: str) -> str:
    return formataddr((f"{writer.name}, through {hub.name}", address))


def _council_of(pair: Pair) -> Council:
    return Council.objects.select_related("hub").get(pk=pair.introduction.council_id)


def _page_of(side: Side) -> str:
    return settings.BASE_URL + reverse(_PAGES[side])


def _short(message_id: str) -> str:
    return hashlib.sha256(message_id.encode()).hexdigest()[:32]
