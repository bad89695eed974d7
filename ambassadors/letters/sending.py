"""Into the outbox, in the transaction that causes it, each letter of a pair once. Both councils are in scope."""

from datetime import timedelta

from ambassadors.actions.log_in import link_for
from ambassadors.letters.words import TO_AMBASSADOR, TO_ENQUIRER, Letter, Words
from ambassadors.models import Ambassador
from ambassadors.pairs import Pair
from councils.clock import hub_now
from councils.models import Council
from enquiries.contact_details import may_be_texted
from enquiries.links import Links, links_of
from enquiries.models import Enquiry, Wish
from enquiries.status_mails import may_be_mailed
from outbox.actions import Envelope, enqueue, enqueue_template
from outbox.states import ChannelKind, Window
from outbox.texts import plain

SEND_WITHIN = timedelta(days=3)
LINK_OPEN_FOR = timedelta(days=14)
KIND = "introduction"  # of a message, before the letter's own name


def to_ambassador(pair: Pair, letter: Letter, *, once: str = "", **said: str) -> None:
    """`once`: what tells this letter from another of its kind, the moment of a time that was changed."""
    ambassador, words = pair.offer.ambassador, _filled(TO_AMBASSADOR[letter], said)
    council = _council(ambassador.council_id)
    link = link_for(ambassador, lasting=LINK_OPEN_FOR)
    shown = {"words": words, "link": link, "name": ambassador.first_name, "council": council, "hub": council.hub}
    mail = _to_ambassador(ambassador, council, words, f"{letter}:{pair.offer.pk}:{once}", letter)
    enqueue_template(template="ambassador_conversation", context=shown, **mail)
    if words.text and ambassador.texts and ambassador.phone:
        enqueue(text=plain(f"{words.text} {link}"), **_by_text(mail, ambassador.phone))


def _to_ambassador(ambassador: Ambassador, council: Council, words: Words, key: str, letter: Letter) -> Envelope:
    """It names nobody who enquires, so it is kept like what the hub writes to staff."""
    return Envelope(
        council=council,
        kind=f"{KIND}_{letter}",
        to=ambassador.email,
        subject=words.subject,
        dedupe_key=f"ambassador:{key}",
        expires_at=hub_now() + SEND_WITHIN,
        subject_kind="ambassador",
        subject_id=ambassador.pk,
        to_staff=True,
    )


def to_enquirer(pair: Pair, letter: Letter, *, once: str = "", **said: str) -> None:
    """By text where there is no email that works and they allow it."""
    said = {"name": pair.introduction.ambassador_name} | said
    write(pair.introduction.enquiry, letter, key=f"{letter}:{pair.introduction.pk}:{once}", **said)


def write(case: Enquiry, letter: Letter, *, key: str, **said: str) -> None:
    """Nothing to whoever asked us to leave them alone."""
    by_text = not _by_mail(case)
    if not may_be_written_to(case) or (by_text and not _may_text(case)):
        return
    words, council, links = _filled(TO_ENQUIRER[letter], said), _council(case.council_id), links_of(case)
    mail = _envelope(case, council, words, f"enquirer:{key}", letter, links)
    if by_text:
        text = words.text or f"{words.subject}:"
        enqueue(text=plain(f"{text} {links.status} To stop: {links.stop}"), **_by_text(mail, case.phone))
        return
    shown = {"words": words, "links": links, "council": council, "hub": council.hub}
    enqueue_template(template="conversation", context=shown, **mail)


def may_be_written_to(case: Enquiry) -> bool:
    """Whoever asked us to stop, and wished for a conversation afterwards, wishes to hear of it."""
    if case.send_nothing or case.quarantined or case.to_confirm or case.erased_at:
        return False
    wish = Wish.objects.filter(council=case.council_id, enquiry=case).first()
    return case.stopped_at is None or (wish is not None and wish.changed_at > case.stopped_at)


def must_be_rung(case: Enquiry) -> bool:
    """No message of ours reaches them, and a person on the telephone does."""
    if not case.phone or case.quarantined or case.to_confirm or case.erased_at:
        return False
    return case.send_nothing or not (_by_mail(case) or _may_text(case))


def _by_mail(case: Enquiry) -> bool:
    return may_be_mailed(case) and not case.email_fails


def _may_text(case: Enquiry) -> bool:
    return case.text_ok and may_be_texted(case.phone)


def _envelope(case: Enquiry, council: Council, words: Words, key: str, letter: Letter, links: Links) -> Envelope:
    return Envelope(
        council=council,
        kind=f"{KIND}_{letter}",
        to=case.email,
        subject=words.subject,
        dedupe_key=key,
        expires_at=hub_now() + SEND_WITHIN,
        subject_kind="enquiry",
        subject_id=case.pk,
        reply_to=links.reply_to,
    )


def _by_text(mail: Envelope, to: str) -> Envelope:
    """Nobody is woken by one."""
    text: Envelope = {**mail, "channel": ChannelKind.SMS, "to": to, "subject": "", "window": Window.DAYTIME}
    text.pop("reply_to", None)
    return {**text, "dedupe_key": f"{mail['dedupe_key']}:text"}


def _filled(words: Words, said: dict[str, str]) -> Words:
    paragraphs = tuple(each.format(**said) for each in words.paragraphs)
    return Words(words.subject.format(**said), paragraphs, words.text.format(**said))


def _council(council: int) -> Council:
    return Council.objects.select_related("hub").get(pk=council)
