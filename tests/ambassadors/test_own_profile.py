"""What ambassadors say of themselves is theirs: saved as they say it, kept no further than it is needed."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from ambassadors import joining, offerings
from ambassadors.actions import profiles
from ambassadors.homes import home_at, middle_of, near_hash
from ambassadors.matched.seekers import near_hashes
from ambassadors.models import Ambassador, AmbassadorState, Offering
from ambassadors.nearness import miles
from ambassadors.states import Attribute
from councils.models import Council, Event
from councils.refusals import Refused
from councils.routing import directory
from councils.tenancy import as_council
from councils.working_time import LONDON
from tests import factories
from tests.ambassadors.own_pages import as_ambassador_client, fresh, me, post, text_of
from tests.in_order import as_written

pytestmark = pytest.mark.django_db
MoveClock = Callable[[datetime], None]
MONDAY = datetime(2026, 11, 23, 11, tzinfo=LONDON)
PROFILE = {
    "first_name": "Anna",
    "about": "I love it.\nMost days.",
    "carer_since": "2014",
    "kinds": ["short_term", "remand"],
    "household": "My wife and a dog",
    "languages": ["Polish"],
    "other_languages": "welsh, Panjabi",
    "postcode": "me14 1xx",
}
AVAILABILITY = {
    "ways": ["phone", "video"],
    "times": ["saturday"],
    "most": "2",
    "most_a_month": "",
    "rest_weeks": "1",
    "texts": "on",
    "phone": "07700 900 555",
}


@pytest.fixture
def anna(kent: Council, move_clock: MoveClock) -> Ambassador:
    move_clock(MONDAY)
    return factories.ambassador(kent, ways=[])


@pytest.fixture
def bea(kent: Council, move_clock: MoveClock) -> Ambassador:
    """She has been invited."""
    move_clock(MONDAY)
    return factories.ambassador(kent, first_name="Bea", state=AmbassadorState.INVITED, joined_at=None)


def events(ambassador: Ambassador) -> list[Event]:
    with as_council(ambassador.council_id):
        return list(as_written(Event.objects.filter(subject_id=ambassador.pk)))


def shared(ambassador: Ambassador) -> dict[str, str]:
    with as_council(ambassador.council_id):
        return dict(Offering.objects.filter(ambassador=ambassador).values_list("attribute", "version"))


def problems(answer: Any) -> str:
    assert answer.status_code == 422
    return "\n".join(link.message for link in answer.context["form"].error_links())


def test_whoever_is_invited_reads_the_statement_first(bea: Ambassador) -> None:
    client = as_ambassador_client(bea)
    for page in ("", "profile/", "sharing/", "availability/"):
        assert client.get(f"/ambassadors/{page}")["Location"] == "/ambassadors/join/"
    page = text_of(client)
    assert all(heading in page for heading, _ in joining.STATEMENTS[joining.newest()].points)


def test_joining_takes_a_tick_and_keeps_the_version(bea: Ambassador) -> None:
    client = as_ambassador_client(bea)
    version = joining.newest()
    assert "Tick the box" in problems(post(client, "join/", version=version))
    assert fresh(bea).state == AmbassadorState.INVITED
    assert post(client, "join/", version=version, agreed="on")["Location"] == "/ambassadors/profile/"
    row = fresh(bea)
    assert (row.state, row.joined_at) == (AmbassadorState.ACTIVE, MONDAY)
    assert [(each.verb, each.rule_version) for each in events(bea)] == [("ambassador.joined", version)]


def test_joining_twice_is_harmless(bea: Ambassador) -> None:
    before = me(bea)
    for _ in range(2):
        profiles.join(before, version=joining.newest())
    assert len(events(bea)) == 1


def test_nobody_joins_by_a_wording_that_never_was(bea: Ambassador) -> None:
    with pytest.raises(Refused):
        profiles.join(me(bea), version="1999-01")
    assert fresh(bea).state == AmbassadorState.INVITED


def test_a_profile_is_saved_as_written(anna: Ambassador) -> None:
    answer = post(as_ambassador_client(anna), "profile/", **PROFILE)
    assert answer["Location"] == "/ambassadors/availability/"
    row = fresh(anna)
    assert (row.about, row.carer_since, row.household) == ("I love it.\nMost days.", 2014, "My wife and a dog")
    assert row.kinds == ["short_term", "remand"]
    assert row.languages == ["Polish", "Welsh", "Punjabi"]


def test_of_a_postcode_district_and_hashes_are_kept_and_nothing_else(anna: Ambassador) -> None:
    client = as_ambassador_client(anna)
    post(client, "profile/", **PROFILE)
    row = fresh(anna)
    assert row.district == "ME14"
    assert (row.easting, row.northing) == middle_of("ME14", directory())
    assert near_hash("ME141XX") in row.near
    assert len(row.near) > 1
    held = " ".join(str(value) for value in vars(row).values())
    assert "1XX" not in held.upper()
    page = text_of(client, "profile/")
    assert "1XX" not in page.upper()
    assert "We have ME14" in page
    assert [each.facts for each in events(anna) if "1XX" in str(each.facts).upper()] == []


def test_the_loader_of_those_who_wait_knows_the_hashes(anna: Ambassador) -> None:
    assert near_hashes({"ME141XX"}) <= set(home_at("ME141XX", directory()).near)


def test_the_middle_of_a_district_is_in_it() -> None:
    middle, home = middle_of("ME14", directory()), directory().place("ME141XX")
    distance = miles(middle, home)
    assert distance is not None
    assert 0 < distance < 6
    assert middle_of("ZZ99", directory()) is None


def test_a_profile_saved_again_needs_no_postcode(anna: Ambassador) -> None:
    client = as_ambassador_client(anna)
    post(client, "profile/", **PROFILE)
    near = fresh(anna).near
    post(client, "profile/", **PROFILE | {"postcode": "", "about": "Less"})
    row = fresh(anna)
    assert (row.about, row.near) == ("Less", near)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"first_name": ""}, "Enter your first name"),
        ({"first_name": "A" * 61}, "60 characters or fewer"),
        ({"about": "x" * 1001}, "1,000 characters or fewer"),
        ({"carer_since": "1066"}, "Enter a year between 1950 and 2026"),
        ({"carer_since": "2027"}, "Enter a year between 1950 and 2026"),
        ({"carer_since": "soon"}, "Enter a year between 1950 and 2026"),
        ({"carer_since": "²0"}, "Enter a year between 1950 and 2026"),
        ({"kinds": ["not_sure"]}, "Choose from the list"),
        ({"other_languages": "x" * 61}, "Put a comma"),
        ({"other_languages": ",".join("abcdefghijklm")}, "12 languages or fewer"),
        ({"postcode": ""}, "Enter your postcode"),
        ({"postcode": "Maidstone"}, "Enter a full UK postcode"),
        ({"household": "x" * 301}, "300 characters or fewer"),
    ],
)
def test_what_cannot_be_used_is_asked_again(anna: Ambassador, changed: dict[str, Any], words: str) -> None:
    assert words in problems(post(as_ambassador_client(anna), "profile/", **PROFILE | changed))
    assert fresh(anna).about == ""


def test_availability_is_saved(anna: Ambassador) -> None:
    client = as_ambassador_client(anna)
    assert post(client, "availability/", **AVAILABILITY)["Location"] == "/ambassadors/"
    row = fresh(anna)
    assert (row.ways, row.times) == (["phone", "video"], ["saturday"])
    assert (row.most, row.most_a_month, row.rest_weeks) == (2, None, 1)
    assert (row.texts, row.phone) == (True, "+447700900555")


def test_a_number_is_kept_for_texts_alone(anna: Ambassador) -> None:
    client = as_ambassador_client(anna)
    post(client, "availability/", **AVAILABILITY)
    post(client, "availability/", **{name: value for name, value in AVAILABILITY.items() if name != "texts"})
    assert (fresh(anna).texts, fresh(anna).phone) == (False, "")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ways": []}, "Choose at least one way"),
        ({"most": "0"}, "from 1 to 20"),
        ({"most": "21"}, "from 1 to 20"),
        ({"most": ""}, "from 1 to 20"),
        ({"most_a_month": "99"}, "from 1 to 31"),
        ({"rest_weeks": "-1"}, "from 0 to 52"),
        ({"rest_weeks": "often"}, "from 0 to 52"),
        ({"phone": ""}, "Enter a mobile number"),
        ({"phone": "01622 900 555"}, "Enter a mobile number"),
    ],
)
def test_availability_that_cannot_be_is_asked_again(anna: Ambassador, changed: dict[str, Any], words: str) -> None:
    assert words in problems(post(as_ambassador_client(anna), "availability/", **AVAILABILITY | changed))
    assert fresh(anna).ways == []


def test_a_break_ends_by_itself_and_on_request(anna: Ambassador, move_clock: MoveClock) -> None:
    client = as_ambassador_client(anna)
    assert "today or later" in problems(post(client, "break/", until="22/11/2026"))
    assert "within a year" in problems(post(client, "break/", until="1/1/2030"))
    post(client, "break/", until="30/11/2026")
    assert fresh(anna).paused_until == date(2026, 11, 30)
    assert "taking a break up to and including 30 November 2026" in text_of(client)
    post(client, "back/")
    assert fresh(anna).paused_until is None
    post(client, "back/")
    assert sorted(each.verb for each in events(anna)) == ["ambassador.pause_ended", "ambassador.paused"]
    assert "taking a break" not in text_of(client)


def test_a_pause_by_staff_is_not_theirs_to_end(anna: Ambassador) -> None:
    with as_council(anna.council_id):
        Ambassador.objects.filter(pk=anna.pk).update(paused_by_staff=True)
    client = as_ambassador_client(anna)
    post(client, "back/")
    assert fresh(anna).paused_by_staff
    assert "Your council has paused your conversations" in text_of(client)


def test_nothing_is_ticked_before_they_tick_it(anna: Ambassador) -> None:
    page = text_of(as_ambassador_client(anna), "sharing/")
    assert page.count('type="checkbox"') == len(Attribute)
    assert " checked" not in page


def test_each_attribute_is_a_consent_of_its_own_and_taken_back_at_once(anna: Ambassador) -> None:
    client, version = as_ambassador_client(anna), offerings.newest()
    post(client, "sharing/", lgbtq="on", working="on")
    assert shared(anna) == {"lgbtq": version, "working": version}
    assert "Is LGBTQ+" in text_of(client, "preview/")
    post(client, "sharing/", working="on")
    assert shared(anna) == {"working": version}
    assert "LGBTQ" not in text_of(client, "preview/")


def test_events_name_no_attribute(anna: Ambassador) -> None:
    profiles.share(me(anna), [Attribute.MUSLIM])
    profiles.share(me(anna), [])
    told = [(each.verb, each.facts) for each in events(anna)]
    assert told == [("ambassador.offerings_changed", {})] * 2


def test_saving_the_same_again_tells_nothing(anna: Ambassador) -> None:
    for _ in range(2):
        profiles.share(me(anna), [Attribute.SIKH])
        post(as_ambassador_client(anna), "availability/", **AVAILABILITY)
    verbs = sorted(each.verb for each in events(anna))
    assert verbs == ["ambassador.availability_changed", "ambassador.offerings_changed"]


def test_a_consent_stays_in_the_wording_it_was_given_to(anna: Ambassador) -> None:
    with as_council(anna.council_id):
        Offering.objects.create(council_id=anna.council_id, ambassador=anna, attribute="sikh", version="2020-01")
    profiles.share(me(anna), [Attribute.SIKH, Attribute.WORKING])
    assert shared(anna) == {"sikh": "2020-01", "working": offerings.newest()}


def test_every_attribute_is_asked_about_once(anna: Ambassador) -> None:
    asked = [attribute for _, group in offerings.GROUPS for attribute in group]
    assert sorted(asked) == sorted(Attribute)
    assert all(wording.boxes.keys() == set(Attribute) for wording in offerings.WORDINGS.values())


def test_leaving_is_asked_for_and_may_be_taken_back(anna: Ambassador) -> None:
    client = as_ambassador_client(anna)
    assert client.get("/ambassadors/stop/").status_code == 200
    assert fresh(anna).leaving_asked_at is None
    for _ in range(2):
        post(client, "stop/")
    assert fresh(anna).leaving_asked_at == MONDAY
    assert fresh(anna).state == AmbassadorState.ACTIVE
    assert "You have asked to stop" in text_of(client)
    post(client, "stop/", undo="yes")
    assert fresh(anna).leaving_asked_at is None


def test_whoever_left_saves_nothing(anna: Ambassador) -> None:
    mine = me(anna)
    with as_council(anna.council_id):
        Ambassador.objects.filter(pk=anna.pk).update(state=AmbassadorState.LEFT, left_at=MONDAY)
    with pytest.raises(Refused):
        profiles.share(mine, [Attribute.SIKH])
    with pytest.raises(Refused):
        profiles.ask_to_leave(mine)
    assert shared(anna) == {}
