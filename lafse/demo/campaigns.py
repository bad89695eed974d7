"""Events, people who get news, and a campaign of Kent's, brought where they are by the real actions.

Seen in it: an evening with a waiting list, one that is over with who came and who did not, subscribers, codes, clicks,
spend, an email that is a draft and one that waits for a colleague's approval.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from campaigns.actions import campaigns, codes, gatherings, looks, mailings, segments, spending, subscribing, writing
from campaigns.actions.attendance import Mark, mark, walk_in
from campaigns.actions.bookings import Booker, book
from campaigns.audiences.choosing import tally_of
from campaigns.audiences.rules import Rules
from campaigns.content.blocks import Block, Kind
from campaigns.content.drafts import Draft
from campaigns.content.look import look_of
from campaigns.models import Attendance, Booking, Campaign, Click, Gathering, Mailing, Subscriber
from campaigns.states import BookingState, GatheringKind, Purpose
from councils.access import Access, access_of
from councils.clock import hub_now
from councils.models import Council, User
from councils.working_time import in_london
from enquiries.came import Came
from enquiries.came_states import Source
from enquiries.models import Enquiry, Touch

CALLUM, MIRIAM, KERRY = "callum@example.org", "miriam@example.org", "kerry@example.org"
READERS = ("Rowan", "Ines", "Malik", "Teodora", "Piotr")
# First name, postcode, how many, what led them there. Some of them enquired before.
GUESTS = (
    ("Abena", "ME14 1XQ", 2, ""),
    ("Carys", "TN9 1BG", 1, "teens"),
    ("Vera", "ME15 6XX", 2, "teens"),
    ("Winston", "CT1 2JB", 1, "teens-online"),
)
CAME_BY = {"abena": "teens", "bilal": "teens-online", "carys": "teens-online", "uma": "teens"}


def make_campaigns(councils: dict[str, Council]) -> None:
    """In one scope of all the hub's councils, after the cases. Nothing happens a second time."""
    kent = councils["kent"]
    if Campaign.objects.exists() or Gathering.objects.exists():
        return
    _coming_evening(kent)
    _past_evening(kent)
    for first_name in READERS:
        _subscribe(kent, first_name)
    campaign = _campaign(kent)
    _settings(kent)
    _draft(kent, campaign)
    _to_approve(kent, campaign)


def _coming_evening(kent: Council) -> None:
    """Four places for six people."""
    held = _evening(kent, "Could you foster a teenager?", _at(12, 18), places=4)
    for first_name, postcode, people, code in GUESTS:
        book(held, _booker(first_name, postcode, people, code), by=None)


def _past_evening(kent: Council) -> None:
    """Two came, one did not, and one walked in. It takes place tomorrow until everybody has booked: no action dates an
    event back."""
    held, kerry = _evening(kent, "Fostering in Kent: an evening with foster carers", _at(1, 18)), _access(KERRY)
    for first_name, postcode in (("Bilal", "CT1 2JB"), ("Dev", "ME15 6XX"), ("Uma", "ME15 6XX")):
        book(held, _booker(first_name, postcode, 1, ""), by=None)
    starts_at = _at(-2, 18)
    Gathering.objects.filter(pk=held.pk).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    Attendance.objects.filter(gathering_key=held.pk).update(starts_at=starts_at)
    held = Gathering.objects.get(pk=held.pk)
    for row in Booking.objects.filter(gathering=held).order_by("created_at", "name"):
        mark(row, Mark.MISSED if row.name.startswith("Dev") else Mark.CAME, seen=BookingState.BOOKED, by=kerry)
    walk_in(held, _booker("Zofia", "ME14 1XQ", 1, ""), by=kerry)


def _evening(kent: Council, title: str, starts_at: datetime, places: int | None = None) -> Gathering:
    by = _access(KERRY)
    told = {
        "kind": GatheringKind.EVENING,
        "title": title,
        "about": "Foster carers tell how it is, and you can ask everything. You promise nothing by coming.",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "venue": "The Example Rooms",
        "address": "1 Example Street, Maidstone",
        "postcode": "ME14 1XX",
        "access": "No steps. A hearing loop. Parking behind the house.",
        "places": places,
    }
    made = gatherings.make(kent, told, by=by)
    gatherings.publish(made, by=by)
    return Gathering.objects.get(pk=made.pk)


def _booker(first_name: str, postcode: str, people: int, code: str) -> Booker:
    came = Came(source=Source.PRINT, code=code) if code else None
    email = f"{first_name.lower()}.enquirer@example.org"
    return Booker(name=f"{first_name} Example", email=email, postcode=postcode, people=people, came=came)


def _subscribe(kent: Council, first_name: str) -> None:
    """They signed up on the newsletter page; the last has not pressed the button in the mail yet."""
    both, email = (Purpose.NEWS, Purpose.EVENTS), f"{first_name.lower()}.reader@example.org"
    subscribing.ask_to_confirm(kent, subscribing.Asked(email=email, purposes=both, first_name=first_name))
    if first_name != READERS[-1]:
        subscribing.confirm(Subscriber.objects.get(council=kent, address=email), both)


def _campaign(kent: Council) -> Campaign:
    by, today = _access(CALLUM), in_london(hub_now()).date()
    starts_on = today - timedelta(days=40)
    planned = campaigns.Planned(
        name="Homes for teenagers",
        starts_on=starts_on,
        ends_on=today + timedelta(days=30),
        note="Posters in surgeries, adverts in two towns, and an evening.",
    )
    made = campaigns.begin(kent, planned, by=by)
    for word, source, label in (
        ("teens", Source.PRINT, "Posters in surgeries"),
        ("teens-online", Source.SOCIAL_PAID, "Adverts"),
    ):
        codes.make(made, codes.Wanted(word=word, source=source, path="/", label=label), by=by)
    for pence, days, source, what in (
        (64_000, 40, Source.PRINT, "400 posters"),
        (85_000, 20, Source.SOCIAL_PAID, "Adverts in Ashford and Canterbury"),
    ):
        until = starts_on + timedelta(days=days)
        spent = spending.Spent(pence=pence, first_day=starts_on, last_day=until, source=source, what=what)
        spending.write_down(made, spent, by=by)
    _let_people_come(kent)
    return made


def _let_people_come(kent: Council) -> None:
    """No action does: four of the enquiries began with a poster or an advert."""
    Click.objects.bulk_create(Click(council=kent, code="teens-online") for _ in range(37))
    Click.objects.bulk_create(Click(council=kent, code="teens") for _ in range(12))
    for first_name, word in CAME_BY.items():
        source = Source.PRINT if word == "teens" else Source.SOCIAL_PAID
        cases = Enquiry.objects.filter(council=kent, email=f"{first_name}.enquirer@example.org")
        with_form = Touch.objects.filter(council=kent, enquiry__in=cases).exclude(source=Source.EVENT)
        # Before they booked: everything here happens in one moment.
        with_form.update(code=word, source=source, at=F("at") - timedelta(minutes=5))


def _settings(kent: Council) -> None:
    """A second person approves what goes to more than two: there are few people in a demonstration."""
    look = look_of(kent)
    look.sender, look.postal_address, look.two_above = "Kent Fostering", "1 Example Street, Maidstone ME14 1XX", 2
    looks.change_look(look, ("sender", "postal_address", "two_above"), by=_access(MIRIAM))


def _draft(kent: Council, campaign: Campaign) -> None:
    made = mailings.create(kent, campaign=campaign, name="Newsletter", purpose=Purpose.NEWS, by=_access(CALLUM))
    text = "Dear {first_name|reader},\n\nthis is a **draft**. Write what happened since the last newsletter."
    blocks = (Block(Kind.HEADING, "News from {council}"), Block(Kind.TEXT, text), Block(Kind.EVENTS))
    writing.write(made, Draft("News about fostering", "What is new", blocks), version=made.version, by=_access(CALLUM))


def _to_approve(kent: Council, campaign: Campaign) -> None:
    by = _access(CALLUM)
    segment = segments.write_segment(kent, name="Everybody who gets our news", rules=Rules(), by=by)
    made = mailings.create(kent, campaign=campaign, name="Invitation", purpose=Purpose.EVENTS, by=by)
    blocks = (
        Block(Kind.HEADING, "Could you foster a teenager?"),
        Block(Kind.TEXT, "Dear {first_name|reader},\n\ncome and meet people who do. You can ask them everything."),
        Block(Kind.EVENTS),
        Block(Kind.BUTTON, "All our events", address="/events/"),
    )
    draft = Draft("An evening about fostering teenagers", "Meet people who do it", blocks)
    writing.write(made, draft, version=made.version, by=by)
    mailings.choose(made, segment=segment, purpose=Purpose.EVENTS, per_minute=None, by=by)
    mailings.prepare(_again(made.pk), shown=tally_of(_again(made.pk), by).included, by=by)


def _again(key: UUID) -> Mailing:
    return Mailing.objects.select_related("council__hub", "campaign", "segment").get(pk=key)


def _at(days: int, hour: int) -> datetime:
    day = in_london(hub_now()) + timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def _access(email: str) -> Access:
    return access_of(User.objects.get(email=email))
