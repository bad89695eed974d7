"""Figures that no journey adds to: each is counted from the rows of one table, for a council and a day.

A statement gives council, day, figure, split, value and number, for the councils in scope, the whole and each of its
parts. Rows that it counts are never deleted by their age, only emptied: so it counts the same afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

BEGIN, END = date(2000, 1, 1), date(2200, 1, 1)  # before all that is counted, and after
SHORT = 16  # of a campaign's key: with a code behind it, a value of a cell


@dataclass(frozen=True)
class Recount:
    """`by_day`: days are counted anew one by one, the last ones whether or not somebody says that they have changed:
    what leaves is no event. Else a council's are counted whole, when a trigger says so."""

    name: str
    figures: tuple[str, ...]
    statement: str
    by_day: bool = False


# What a provider said last; that it came back is an event. A server that refuses an address says so at once.
_MESSAGES = """
    WITH ended AS (
        SELECT council_id, (settled_at AT TIME ZONE 'Europe/London')::date AS day,
            CASE lane WHEN 1 THEN 'service' ELSE 'campaign' END || '_' || channel AS lane,
            CASE WHEN state = 'suppressed' AND last_error <> 'address_suppressed' THEN 'bounced'
                 WHEN state <> 'sent' THEN 'unsent'
                 WHEN receipt NOT IN ('', 'delivered') AND receipt NOT LIKE '2.%%' AND EXISTS (
                     SELECT 1 FROM councils_event
                     WHERE council_id = message.council_id AND subject_id = message.id
                       AND verb IN ('message.hard_bounce', 'message.soft_bounce')) THEN 'bounced'
                 ELSE 'delivered' END AS figure
        FROM outbox_message AS message
        WHERE council_id = ANY (%(councils)s) AND NOT to_staff
          AND state IN ('sent', 'suppressed', 'dead', 'expired', 'unknown')
          AND settled_at >= %(first)s::timestamp AT TIME ZONE 'Europe/London'
          AND settled_at < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Europe/London'
    ), counted AS (SELECT council_id, day, figure, lane, count(*) AS n FROM ended GROUP BY 1, 2, 3, 4)
    SELECT council_id, day, figure, split, value, sum(n)
    FROM counted, LATERAL (VALUES ('', ''), ('lane', lane)) AS part (split, value) GROUP BY 1, 2, 3, 4, 5
"""
# Of which campaign: by the email that the link stood in, else by the code of the address.
_CLICKS = f"""
    WITH counted AS (
        SELECT council_id, (at AT TIME ZONE 'Europe/London')::date AS day, code, mailing_key, count(*) AS n
        FROM campaigns_click
        WHERE council_id = ANY (%(councils)s)
          AND at >= %(first)s::timestamp AT TIME ZONE 'Europe/London'
          AND at < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Europe/London'
        GROUP BY 1, 2, 3, 4
    ), known AS (
        SELECT counted.*, coalesce(mailing.campaign_id, word.campaign_key) AS campaign,
            coalesce(CASE WHEN mailing_key IS NULL THEN word.source ELSE 'email' END, '') AS source
        FROM counted
        LEFT JOIN campaigns_mailing AS mailing
            ON mailing.council_id = counted.council_id AND mailing.id = counted.mailing_key
        LEFT JOIN campaigns_code AS word
            ON word.council_id = counted.council_id AND word.code = counted.code AND counted.code <> ''
    )
    SELECT council_id, day, 'clicks', split, value, sum(n)
    FROM known, LATERAL (VALUES ('', ''), ('code', code), ('source', source),
        ('campaign', left(replace(campaign::text, '-', ''), {SHORT}) || '|' || code)) AS part (split, value)
    WHERE split IN ('', 'source') OR value NOT IN ('', '|') GROUP BY 1, 2, 3, 4, 5
"""  # noqa: S608 (a number of ours)
# Spread evenly over its days, whole pence each, so that they add up to what was paid.
_SPEND = f"""
    SELECT council_id, first_day + k, 'spend', split, value,
        sum(pence::bigint * (k + 1) / days - pence::bigint * k / days)
    FROM (SELECT *, last_day - first_day + 1 AS days FROM campaigns_spend) AS paid,
        LATERAL generate_series(0, days - 1) AS k,
        LATERAL (VALUES ('', ''), ('source', source), ('campaign', left(replace(campaign_id::text, '-', ''), {SHORT})))
            AS part (split, value)
    WHERE council_id = ANY (%(councils)s) GROUP BY 1, 2, 3, 4, 5
"""  # noqa: S608 (a number of ours)
_EVENTS = """
    SELECT booking.council_id, (starts_at AT TIME ZONE 'Europe/London')::date,
        CASE booking.state WHEN 'came' THEN 'attended' ELSE 'stayed_away' END, '', '', count(*)
    FROM campaigns_booking AS booking JOIN campaigns_gathering AS gathering
        ON gathering.council_id = booking.council_id AND gathering.id = booking.gathering_id
    WHERE booking.council_id = ANY (%(councils)s) AND booking.state IN ('came', 'missed') GROUP BY 1, 2, 3
"""
_TALKS = """
    SELECT council_id, talk."on", figure, '', '', sum(n)
    FROM ambassadors_talk AS talk, LATERAL (VALUES ('talks', 1), ('talk_minutes', minutes)) AS part (figure, n)
    WHERE council_id = ANY (%(councils)s) AND state <> 'sent_back' GROUP BY 1, 2, 3
"""
_CONFIRMED = """
    SELECT council_id, (at AT TIME ZONE 'Europe/London')::date, 'confirmed', '', '', count(*)
    FROM dashboards_confirmed WHERE council_id = ANY (%(councils)s) GROUP BY 1, 2
"""
RECOUNTS: Mapping[str, Recount] = {
    each.name: each
    for each in (
        Recount("messages", ("delivered", "bounced", "unsent"), _MESSAGES, by_day=True),
        Recount("clicks", ("clicks",), _CLICKS, by_day=True),
        Recount("spend", ("spend",), _SPEND),
        Recount("bookings", ("attended", "stayed_away"), _EVENTS),
        Recount("talks", ("talks", "talk_minutes"), _TALKS),
        Recount("confirmed", ("confirmed",), _CONFIRMED),
    )
}
NOT_OF_JOURNEYS = tuple(figure for each in RECOUNTS.values() for figure in each.figures)
