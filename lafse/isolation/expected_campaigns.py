"""Events, news and campaigns: their public pages and staff's."""

from councils.roles import Permission
from lafse.isolation.rows import Audience, Expected

EVERYBODY = Audience.EVERYBODY
RUNNERS, EDITORS = Audience.GATHERING_RUNNERS, Audience.CAMPAIGN_EDITORS
# Of one's own: kinds of objects in lafse.isolation.campaigns.
GATHERING, BOOKING = ("gathering_id", "gathering"), ("booking_id", "booking")
SEGMENT, MAILING, CAMPAIGN = ("segment_id", "segment"), ("mailing_id", "mailing"), ("campaign_id", "campaign")
CODE = ("code_id", "code")


def of_event(get: int = 405, post: int = 405, **sends: str) -> Expected:
    return Expected(RUNNERS, get, post, about=GATHERING, sends=sends)


def of_booking(get: int = 405, post: int = 405, **sends: str) -> Expected:
    return Expected(RUNNERS, get, post, about=BOOKING, sends=sends)


# The scratch event is weeks away: its door is not open yet.
GATHERINGS: dict[str, Expected] = {
    "admin:campaigns_gathering_changelist": Expected(RUNNERS, 200),
    "admin:campaigns_gathering_new": Expected(RUNNERS, 200, 422),
    "admin:campaigns_gathering_page": of_event(200),
    "admin:campaigns_gathering_change": of_event(200, 422),
    "admin:campaigns_gathering_publish": of_event(post=302),
    "admin:campaigns_gathering_cancel": of_event(post=302, sure="yes"),
    "admin:campaigns_gathering_again": of_event(post=302),
    "admin:campaigns_gathering_book": of_event(200, 422),
    "admin:campaigns_gathering_print": of_event(200),
    "admin:campaigns_gathering_door": of_event(200, 200),
    "admin:campaigns_gathering_walk_in": of_event(200, 422),
    "admin:campaigns_gathering_booking": of_booking(200),
    "admin:campaigns_gathering_people": of_booking(post=302, people="2"),
    "admin:campaigns_gathering_move": of_booking(post=409),
    "admin:campaigns_gathering_cancel_booking": of_booking(post=302),
    "admin:campaigns_gathering_mark": Expected(
        RUNNERS, post=409, about=BOOKING, sends={"as": "came", "seen": "booked"}
    ),
}

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
    "admin:campaigns_subscriber_changelist": Expected(EDITORS, 200, 422),
    "admin:campaigns_subscriber_change": Expected(
        *(EDITORS, 200, 302), about=("subscriber_id", "subscriber"), sends={"reach": "council"}
    ),
    "admin:campaigns_subscriber_take_out": Expected(
        Audience.ANSWERERS, post=200, about=("subscriber_id", "subscriber"), sends={"purpose": "They asked"}
    ),
    "admin:campaigns_subscriber_erase": Expected(
        Audience.ANSWERERS, post=302, about=("subscriber_id", "subscriber"), sends={"sure": "on"}
    ),
    "admin:campaigns_subscriber_bring": Expected(EDITORS, 200, 422, about=("slug", "council_slug")),
}

AUDIENCES: dict[str, Expected] = {
    "admin:campaigns_segment_changelist": Expected(EDITORS, 200),
    "admin:campaigns_segment_new": Expected(EDITORS, 200, 302, sends={"name": "Another segment"}),
    "admin:campaigns_segment_change": Expected(
        EDITORS, 200, 302, about=SEGMENT, sends={"name": "The segment", "version": "1"}
    ),
    "admin:campaigns_segment_count": Expected(EDITORS, post=200),
    "admin:campaigns_segment_remove": Expected(EDITORS, post=302, about=SEGMENT),
}

CONTENT: dict[str, Expected] = {
    "admin:campaigns_mailing_write": Expected(
        EDITORS, 200, 302, about=MAILING, sends={"version": "1", "subject": "A subject"}
    ),
    "admin:campaigns_mailing_preview": Expected(EDITORS, 200, about=MAILING),
    "admin:campaigns_mailing_frame": Expected(EDITORS, 200, 200, about=MAILING),
    "admin:campaigns_mailing_test": Expected(EDITORS, post=302, about=MAILING),
    "admin:campaigns_mailing_looks": Expected(EDITORS, 200),
    "admin:campaigns_mailing_look": Expected(
        *(EDITORS, 200, 302),
        about=("slug", "slug"),
        needs=Permission.CHANGE_SETTINGS,
        sends={"colour": "#1d70b8", "two_above": "50", "rest_days": "7"},
    ),
}

READY = ("mailing_id", "ready_mailing")  # waits for a colleague


def of_ready(post: int, **sends: str) -> Expected:
    return Expected(EDITORS, post=post, about=READY, sends=sends)


MAILINGS: dict[str, Expected] = {
    "admin:campaigns_mailing_changelist": Expected(EDITORS, 200),
    "admin:campaigns_mailing_new": Expected(EDITORS, 200, 422, about=("slug", "slug")),
    "admin:campaigns_mailing_page": Expected(EDITORS, 200, about=READY),
    "admin:campaigns_mailing_missed": Expected(EDITORS, 200, about=READY),
    "admin:campaigns_mailing_audience": Expected(
        EDITORS, post=302, about=MAILING, sends={"purpose": "news", "segment": ""}
    ),
    "admin:campaigns_mailing_fix": Expected(EDITORS, post=409, about=MAILING, sends={"shown": "1"}),
    "admin:campaigns_mailing_approve": of_ready(302),
    "admin:campaigns_mailing_back": of_ready(302),
    "admin:campaigns_mailing_schedule": of_ready(422),
    "admin:campaigns_mailing_unschedule": of_ready(409),
    "admin:campaigns_mailing_start": of_ready(409),
    "admin:campaigns_mailing_pause": of_ready(409),
    "admin:campaigns_mailing_resume": of_ready(409),
    "admin:campaigns_mailing_cancel": of_ready(302),
}

# Short addresses and links of emails that are somebody's: tests/campaigns/test_codes_followed.py.
CAME: dict[str, Expected] = {
    "campaigns:go": Expected(EVERYBODY, 302, path="/go/nothing-here"),
    "campaigns:follow": Expected(EVERYBODY, 404, path="/c/nothing-here/"),
    "admin:campaigns_campaign_codes": Expected(EDITORS, 200, 409, about=CAMPAIGN),
    "admin:campaigns_campaign_code": Expected(EDITORS, 200, about=CODE),
    "admin:campaigns_campaign_code_svg": Expected(EDITORS, 200, about=CODE),
    "admin:campaigns_campaign_code_png": Expected(EDITORS, 200, about=CODE),
    "admin:campaigns_campaign_code_end": Expected(EDITORS, post=302, about=CODE),
}

_SPENT = {"pounds": "12.50", "first_day": "2026-10-01", "source": "print"}
SPENDING: dict[str, Expected] = {
    "admin:campaigns_campaign_changelist": Expected(EDITORS, 200),
    "admin:campaigns_campaign_begin": Expected(EDITORS, 200, 409),
    "admin:campaigns_campaign_results": Expected(EDITORS, 200),
    "admin:campaigns_campaign_calendar": Expected(EDITORS, 200),
    "admin:campaigns_campaign_bring_in": Expected(EDITORS, 200, 409),
    "admin:campaigns_campaign_take_out": Expected(EDITORS, post=302, about=("spend_id", "spend")),
    "admin:campaigns_campaign_change": Expected(EDITORS, 200, about=CAMPAIGN),
    "admin:campaigns_campaign_edit": Expected(EDITORS, 200, 409, about=CAMPAIGN, sends={"starts_on": "never"}),
    "admin:campaigns_campaign_spend": Expected(EDITORS, post=302, about=CAMPAIGN, sends=_SPENT),
}

CAMPAIGNS = GATHERINGS | EVENTS | NEWS | AUDIENCES | CONTENT | MAILINGS | CAME | SPENDING
