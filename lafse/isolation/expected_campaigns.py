"""Events, news and campaigns: their public pages and staff's."""

from lafse.isolation.rows import Audience, Expected

EVERYBODY = Audience.EVERYBODY
RUNNERS, EDITORS = Audience.GATHERING_RUNNERS, Audience.CAMPAIGN_EDITORS
# Of one's own: kinds of objects in lafse.isolation.campaigns.
GATHERING, BOOKING = ("gathering_id", "gathering"), ("booking_id", "booking")
SEGMENT, MAILING, CAMPAIGN = ("segment_id", "segment"), ("mailing_id", "mailing"), ("campaign_id", "campaign")

GATHERINGS: dict[str, Expected] = {}

# The site is another hub's than the scratch ones: a council's own events are nobody's there. Reading one tells nothing
# that is not public; what a booking's link opens is tests/campaigns/test_events_own.py's.
THEIR_EVENT = {"council": "event_host", "gathering_id": "event"}
EVENTS: dict[str, Expected] = {
    "campaigns:events": Expected(EVERYBODY, 200),
    "campaigns:events_of": Expected(EVERYBODY, 200, values={"council": "council"}),
    "campaigns:event": Expected(EVERYBODY, 404, values=THEIR_EVENT),
    "campaigns:calendar": Expected(EVERYBODY, 404, values=THEIR_EVENT),
    "campaigns:book": Expected(EVERYBODY, 404, 404, values=THEIR_EVENT),
    "campaigns:booked": Expected(EVERYBODY, 404, values={**THEIR_EVENT, "how": "thanks"}),
    "campaigns:booking": Expected(EVERYBODY, 302),
    "campaigns:booking_change": Expected(EVERYBODY, 302, 302),
    "campaigns:booking_cancel": Expected(EVERYBODY, 405, 302),
    "campaigns:booking_closed": Expected(EVERYBODY, 200),
    "campaigns:booking_open": Expected(EVERYBODY, 302, values={"token": "booking_link"}),
}

NEWS: dict[str, Expected] = {
    "campaigns:news": Expected(EVERYBODY, 200, 422),
    "campaigns:news_of_council": Expected(EVERYBODY, 200, 422, values={"slug": "council"}),
    "campaigns:news_on_its_way": Expected(EVERYBODY, 200),
    "campaigns:news_confirm": Expected(
        *(EVERYBODY, 200, 200),
        values={"token": "confirm_link", "wanted": "wanted_news"},
        sends={"confirm": "yes"},
        by_link=True,
    ),
    "campaigns:news_stop": Expected(
        *(EVERYBODY, 200, 200), values={"token": "news_link"}, sends={"stop": "region"}, by_link=True
    ),
    "campaigns:news_choices": Expected(
        *(EVERYBODY, 200, 200), values={"token": "news_link"}, sends={"off": "news"}, by_link=True
    ),
}

AUDIENCES: dict[str, Expected] = {
    "admin:campaigns_segment_changelist": Expected(EDITORS, 200),
    "admin:campaigns_segment_new": Expected(
        EDITORS, 200, 302, about=("council_id", "council"), sends={"name": "Another segment"}
    ),
    "admin:campaigns_segment_change": Expected(
        EDITORS, 200, 302, about=SEGMENT, sends={"name": "The segment", "version": "1"}
    ),
    "admin:campaigns_segment_count": Expected(EDITORS, post=200, about=("council_id", "council")),
    "admin:campaigns_segment_remove": Expected(EDITORS, post=302, about=SEGMENT),
}

CONTENT: dict[str, Expected] = {}

MAILINGS: dict[str, Expected] = {}

CAME: dict[str, Expected] = {}

SPENDING: dict[str, Expected] = {}

CAMPAIGNS = GATHERINGS | EVENTS | NEWS | AUDIENCES | CONTENT | MAILINGS | CAME | SPENDING
