"""Events, news and campaigns: their public pages and staff's."""

from lafse.isolation.rows import Audience, Expected

EVERYBODY = Audience.EVERYBODY
RUNNERS, EDITORS = Audience.GATHERING_RUNNERS, Audience.CAMPAIGN_EDITORS
# Of one's own: kinds of objects in lafse.isolation.campaigns.
GATHERING, BOOKING = ("gathering_id", "gathering"), ("booking_id", "booking")
SEGMENT, MAILING, CAMPAIGN = ("segment_id", "segment"), ("mailing_id", "mailing"), ("campaign_id", "campaign")

GATHERINGS: dict[str, Expected] = {}

EVENTS: dict[str, Expected] = {}

NEWS: dict[str, Expected] = {
    "campaigns:news_stop": Expected(
        *(EVERYBODY, 200, 200), values={"token": "news_link"}, sends={"stop": "region"}, by_link=True
    ),
    "campaigns:news_choices": Expected(
        *(EVERYBODY, 200, 200), values={"token": "news_link"}, sends={"off": "news"}, by_link=True
    ),
}

AUDIENCES: dict[str, Expected] = {}

CONTENT: dict[str, Expected] = {}

MAILINGS: dict[str, Expected] = {}

CAME: dict[str, Expected] = {}

SPENDING: dict[str, Expected] = {}

CAMPAIGNS = GATHERINGS | EVENTS | NEWS | AUDIENCES | CONTENT | MAILINGS | CAME | SPENDING
