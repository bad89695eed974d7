"""A region's subscribers, an email fixed for all of them, and that email brought near its end."""

from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from campaigns.models import Mailing
    from councils.models import Council

SUBSCRIBERS = """
    INSERT INTO campaigns_subscriber (id, council_id, state, address, address_hash, first_name, area_code, interests,
        origin, created_at, confirmed_at)
    SELECT gen_random_uuid(), %s, 'active', 'reader' || n || '.' || %s || '@d' || n %% 50 || '.example',
        encode(sha256(('reader' || n || '.' || %s)::bytea), 'hex'), 'Erin' || n %% 300, '', '{}', 'site', hub_now(),
        hub_now() FROM generate_series(1, %s) AS n
"""
AGREED = """
    INSERT INTO campaigns_agreement
        (id, council_id, subscriber_id, purpose, channel, origin, version, given_at, how_ended)
    SELECT gen_random_uuid(), council_id, id, 'news', 'email', origin, '', created_at, '' FROM campaigns_subscriber
    WHERE council_id = %s
"""
# Senders take them in the order of their keys: what follows is what they would have written, but for the texts.
HANDED = """
    UPDATE campaigns_recipient SET state = 'handed', message_key = id
    WHERE council_id = %(owner)s AND mailing_id = %(mailing)s AND id < (
        SELECT id FROM campaigns_recipient WHERE council_id = %(owner)s AND mailing_id = %(mailing)s
        ORDER BY id OFFSET %(many)s LIMIT 1)
"""
MAILED = """
    UPDATE campaigns_subscriber AS s SET last_mailed_at = hub_now() FROM campaigns_recipient AS r
    WHERE r.council_id = %(owner)s AND r.mailing_id = %(mailing)s AND r.state = 'handed' AND s.id = r.subscriber_key
"""
SENT = """
    INSERT INTO outbox_message (id, council_id, kind, lane, channel, dedupe_key, subject_kind, subject_id, to_staff,
        to_address, to_domain, from_address, subject, text, mime, state, created_at, not_before, "window", expires_at,
        attempts, deaths, lease_token, first_tried_at, settled_at, cancel_asked, provider_id, receipt, smtp_reply,
        last_error)
    SELECT r.id, r.council_id, 'mailing', 2, 'email', 'mailing:' || r.mailing_id || ':' || r.address_hash, 'mailing',
        r.mailing_id, false, s.address, split_part(s.address, '@', 2), 'The hub <no-reply@example.org>',
        'An evening for you', '', '', 'sent', hub_now() - interval '1 hour', hub_now() - interval '1 hour', 'daytime',
        hub_now() + interval '10 days', 1, 0, 2, hub_now(), hub_now(), false, '', '', '250 2.0.0 Taken', ''
    FROM campaigns_recipient AS r JOIN campaigns_subscriber AS s ON s.id = r.subscriber_key
    WHERE r.council_id = %(owner)s AND r.mailing_id = %(mailing)s AND r.state = 'handed'
"""


def office_and_councils() -> "tuple[Council, list[Council]]":
    from councils.models import Council  # noqa: PLC0415  # settings must stand first

    office = Council.objects.get(slug="lafse-office")
    return office, list(Council.objects.fostering().filter(hub=office.hub_id))


def fill(size: int) -> None:
    from councils.tenancy import as_council  # noqa: PLC0415  # as above

    _, councils = office_and_councils()
    for council in councils:
        with as_council(council), connection.cursor() as cursor:
            cursor.execute(SUBSCRIBERS, [council.pk, council.pk, council.pk, size // len(councils)])
            cursor.execute(AGREED, [council.pk])


def fixed_for_all() -> "Mailing":
    """By the hub office's editor, as the page does it; then set going."""
    from campaigns.actions.fixing import fix  # noqa: PLC0415  # as above
    from campaigns.audiences.choosing import tally_of  # noqa: PLC0415  # as above
    from campaigns.models import Mailing  # noqa: PLC0415  # as above
    from councils.clock import hub_now  # noqa: PLC0415  # as above
    from councils.tenancy import across, as_council  # noqa: PLC0415  # as above
    from tests.campaigns import audience, sending  # noqa: PLC0415  # as above

    office, _ = office_and_councils()
    by = audience.edits(office)
    mailing = sending.draft(office, by, blocks=WORDS, segment=audience.segment(office))
    with across(by.reach, reason="benchmark"):
        included = tally_of(mailing, by).included
    fix(mailing, included, by=by)
    with as_council(office):
        Mailing.objects.filter(pk=mailing.pk).update(state="running", started_at=hub_now(), prepared_by=by.user)
        return Mailing.objects.get(pk=mailing.pk)


def bring_near_its_end(mailing: "Mailing", *, left: int) -> None:
    """All but so many have been written to."""
    from councils.tenancy import across  # noqa: PLC0415  # as above

    office, councils = office_and_councils()
    values: dict[str, Any] = {"owner": office.pk, "mailing": mailing.pk, "many": (mailing.fixed or 0) - left}
    with across([office, *councils], reason="benchmark"), connection.cursor() as cursor:
        for statement in (HANDED, MAILED, SENT):
            cursor.execute(statement, values)


WORDS = [
    {"kind": "heading", "text": "Hello {first_name|there}"},
    {"kind": "text", "text": "People like you foster in {council}. " * 12},
    {"kind": "button", "text": "Come to an evening", "address": "/events/"},
    {"kind": "text", "text": "Ring us on {council_phone|our number}. " * 8},
]
