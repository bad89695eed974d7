"""The six outcomes, on the real directory and the real hubs."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from councils.postcodes import Directory, Placement, written
from councils.postcodes.sources import Rows
from councils.routes import Assignment, CouncilRef, Outcome, Override, Route, Snapshot, UnknownHub, decide, view_of
from tests.councils.conftest import Routed

VESTING_DAY = date(2027, 4, 1)


@pytest.mark.parametrize(
    ("postcode", "council", "authority"),
    [
        ("SO23 8UJ", "hampshire", "E10000014"),
        ("KT1 1EU", "kingston-upon-thames", "E09000021"),
        ("OX1 1BX", "oxfordshire", "E10000025"),
        ("MK9 3EJ", "milton-keynes", "E06000042"),
        ("PO30 1UD", "isle-of-wight", "E06000046"),
    ],
)
def test_a_postcode_of_the_hub_gets_its_council(routed: Routed, postcode: str, council: str, authority: str) -> None:
    route = routed(postcode)
    assert (route.outcome, route.council and route.council.slug, route.authority) == ("exact", council, authority)
    assert (route.candidates, route.asked, route.must_ask) == ((), (), False)


@pytest.mark.parametrize("typed", ["", "SO23 8U", "not known", "x" * 5000])
def test_a_postcode_that_is_malformed_is_kept_as_typed(routed: Routed, typed: str) -> None:
    route = routed(typed)
    assert (route.outcome, route.postcode, route.council, route.authority) == ("not_a_postcode", typed, None, None)
    assert len(route.reason) < 100


@pytest.mark.parametrize("typed", ["\udcff", "\x00", "\u200b"])
def test_what_cannot_be_shown_was_typed_all_the_same(routed: Routed, typed: str) -> None:
    assert routed(typed).reason == "What was typed is not a full UK postcode."
    assert routed(" ").reason == "No postcode was given."


def test_a_postcode_near_a_border_is_asked_about_by_name(routed: Routed) -> None:
    route = _near_border(routed)
    assert route.council in route.candidates and route.must_ask
    assert route.asked[0].council == route.council
    assert {area.council for area in route.asked if area.council} == set(route.candidates)


def test_two_districts_of_one_council_are_no_border(snapshot: Snapshot, directory: Directory, rows: Rows) -> None:
    inside = 0
    view = view_of(snapshot, "lafse", date(2026, 11, 22))
    for key in _keys_in(rows, "E10000014", snapshot)[::7]:
        placement = directory.find(key)
        assert placement
        if placement.near and all(view.member_for(area) == view.member_for(placement.area) for area in placement.near):
            inside += 1
            assert decide(key, view, directory).outcome == Outcome.EXACT
    assert inside > 50


def test_a_neighbour_that_is_no_member_is_asked_about_but_no_candidate(
    snapshot: Snapshot, directory: Directory, rows: Rows
) -> None:
    view = view_of(snapshot, "lafse", date(2026, 11, 22))
    routes = (decide(key, view, directory) for key in _keys_in(rows, "E06000039", snapshot))
    route = next(r for r in routes if any("Buckinghamshire" in area.name for area in r.asked))
    assert next(area.name for area in route.asked if not area.council) == "Buckinghamshire (not one of our councils)"
    assert {council.hub.slug for council in route.candidates} == {"lafse"}


@pytest.mark.parametrize("postcode", ["HP9 1QT", "HP9 2QT", "TQ1 1AA", "SW1A 1AA", "M1 1AE"])
def test_england_outside_the_hub_is_pointed_elsewhere(routed: Routed, postcode: str) -> None:
    route = routed(postcode)
    assert (route.outcome, route.council, route.candidates) == ("elsewhere_in_england", None, ())
    assert route.signpost and route.signpost.name and route.signpost.find.startswith("https://www.gov.uk/")


def test_a_signpost_names_the_other_hub_and_only_the_contacts_that_the_data_holds(routed: Routed) -> None:
    liverpool, sunderland, aylesbury = (routed(each).signpost for each in ("L1 8JQ", "SR1 3AA", "HP20 1UA"))
    assert liverpool and (liverpool.name, liverpool.hub, liverpool.phone) == ("Liverpool", "Foster4", "01925 444100")
    assert sunderland and (sunderland.hub, sunderland.phone) == ("Foster with North East", "")
    assert aylesbury and (aylesbury.name, aylesbury.hub, aylesbury.phone, aylesbury.website) == (
        "Buckinghamshire",
        "",
        "",
        "",
    )


@pytest.mark.parametrize(
    ("postcode", "place"),
    [
        ("EH1 1YZ", "Scotland"),
        ("CF10 1EP", "Wales"),
        ("BT1 5GS", "Northern Ireland"),
        ("JE2 3AB", "Channel Islands"),
        ("IM1 1AG", "Isle of Man"),
        ("FIQQ 1ZZ", "territory"),
        ("GX11 1AA", "territory"),
    ],
)
def test_a_place_outside_england_is_named(routed: Routed, postcode: str, place: str) -> None:
    route = routed(postcode)
    assert (route.outcome, route.council) == ("outside_england", None)
    assert place in route.reason


def test_a_new_postcode_takes_the_only_council_of_its_sector(
    routed: Routed, snapshot: Snapshot, directory: Directory
) -> None:
    route = routed("SO23 8ZZ")
    assert directory.find("SO238ZZ") is None
    assert (route.outcome, route.council and route.council.slug, route.must_ask) == ("new_postcode", "hampshire", False)
    assert [council.slug for council in route.candidates] == ["hampshire"]
    assert "SO23 8 belongs to Hampshire" in route.reason


def test_a_new_postcode_in_a_divided_sector_is_asked_about(routed: Routed, directory: Directory) -> None:
    assert directory.find("RG47ZZ") is None
    route = routed("RG4 7ZZ")
    assert (route.outcome, route.council) == ("new_postcode", None)
    assert {council.slug for council in route.candidates} >= {"reading", "oxfordshire"}
    assert route.must_ask and {area.council for area in route.asked} >= set(route.candidates)


def test_a_new_postcode_that_may_lie_outside_the_hub_is_asked_about_before_its_only_candidate_is_taken(
    routed: Routed, directory: Directory
) -> None:
    assert directory.find("SL09ZZ") is None
    route = routed("SL0 9ZZ")
    assert [council.slug for council in route.candidates] == ["slough"] == [route.council and route.council.slug]
    assert [area.name for area in route.asked] == [
        "Buckinghamshire (not one of our councils)",
        "Slough Borough Council",
    ]


def test_a_new_postcode_in_an_unknown_sector_falls_back_to_its_district(routed: Routed, directory: Directory) -> None:
    assert directory.areas_within("PO30 8") == () != directory.areas_within("PO30")
    route = routed("PO30 8AA")
    assert (route.outcome, route.council and route.council.slug) == ("new_postcode", "isle-of-wight")


@pytest.mark.parametrize(
    ("postcode", "outcome"),
    [("HP9 1ZY", "elsewhere_in_england"), ("EH1 1ZZ", "outside_england"), ("ZE99 1ZZ", "outside_england")],
)
def test_a_new_postcode_among_outsiders_is_an_outsider(
    routed: Routed, directory: Directory, postcode: str, outcome: str
) -> None:
    assert directory.find(postcode.replace(" ", "")) is None
    assert routed(postcode).outcome == outcome


def test_a_row_that_the_directory_gives_no_area_is_outside_and_the_reason_does_not_claim_a_country(
    routed: Routed, rows: Rows
) -> None:
    blank = [key for key, area in zip(rows.keys, rows.areas, strict=True) if not area]
    assert len(blank) == 11_007
    for key in blank[::500]:
        route = routed(key)
        assert (route.outcome, route.authority) == ("outside_england", None)
        assert "no council and no place on the map" in route.reason


@pytest.mark.parametrize("postcode", ["RG99 1AA", "BF1 3AA", "BX1 1LT"])
def test_a_new_postcode_in_no_known_district_goes_to_the_hub_office(routed: Routed, postcode: str) -> None:
    route = routed(postcode)
    assert (route.outcome, route.council, route.candidates) == ("new_postcode", None, ())
    assert "will ask" in route.reason


def test_another_hub_asks_from_the_same_data(routed: Routed) -> None:
    assert routed("L1 8JQ", hub="foster4").council_id is not None
    assert routed("SO23 8UJ", hub="foster4").outcome == Outcome.ELSEWHERE_IN_ENGLAND
    with pytest.raises(UnknownHub):
        routed("SO23 8UJ", hub="nowhere")


def test_surrey_becomes_two_councils_on_vesting_day(routed: Routed, snapshot: Snapshot) -> None:
    after = _divide_surrey(snapshot)
    for postcode, successor in (("KT22 9DY", "east-surrey"), ("GU21 6XR", "west-surrey")):
        before, then = routed(postcode, by=after, on=date(2027, 3, 31)), routed(postcode, by=after, on=VESTING_DAY)
        assert (before.council and before.council.slug, then.council and then.council.slug) == ("surrey", successor)


def test_a_new_border_inside_surrey_is_asked_about_from_vesting_day(
    snapshot: Snapshot, directory: Directory, rows: Rows
) -> None:
    divided = _divide_surrey(snapshot)
    keys = _keys_in(rows, "E10000030", snapshot)
    asked = [
        {key for key in keys if decide(key, view_of(divided, "lafse", day), directory).must_ask}
        for day in (date(2027, 3, 31), VESTING_DAY)
    ]
    assert asked[0] < asked[1]


def test_an_override_is_above_the_area_from_its_first_day_to_its_last(routed: Routed, snapshot: Snapshot) -> None:
    kent = next(each.council for each in snapshot.assignments if each.council.slug == "kent")
    override = Override("SO238UJ", kent, "the estate was sold.", date(2026, 12, 1), date(2027, 1, 1))
    settled = replace(snapshot, overrides=(override,))
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1)]
    routes = [routed("SO23 8UJ", by=settled, on=day) for day in days]
    assert [route.council and route.council.slug for route in routes] == ["hampshire", "kent", "kent", "hampshire"]
    assert routes[1].reason == "SO23 8UJ was given to Kent County Council by hand: the estate was sold."
    assert routes[1].authority == "E10000016"


def test_an_override_settles_a_postcode_that_the_directory_does_not_have(routed: Routed, snapshot: Snapshot) -> None:
    liverpool = next(each.council for each in snapshot.assignments if each.council.slug == "liverpool")
    settled = replace(snapshot, overrides=(Override("SO238ZZ", liverpool, "a test"),))
    route = routed("SO23 8ZZ", by=settled)
    assert (route.outcome, route.signpost and route.signpost.name) == ("elsewhere_in_england", "Liverpool")
    assert routed("SO23 8ZZ", by=settled, hub="foster4").outcome == Outcome.EXACT


def test_an_english_area_that_our_tables_do_not_know_yet_is_elsewhere(routed: Routed, snapshot: Snapshot) -> None:
    bare = Snapshot(version=2, hubs=snapshot.hubs, areas=(), assignments=())
    route = routed("SO23 8UJ", by=bare)
    assert (route.outcome, route.authority) == ("elsewhere_in_england", None)


def test_every_reason_is_one_sentence(routed: Routed) -> None:
    typed = ("SO23 8UJ", "", "RG4 7ZZ", "RG99 1AA", "HP9 1QT", "HP9 1ZY", "EH1 1YZ", "FIQQ 1ZZ", "BFPO 57", "GIR 0AA")
    for route in map(routed, typed):
        assert route.reason[0].isupper() or route.reason[0] in "“"
        assert route.reason.endswith(".") and ". " not in route.reason and "  " not in route.reason


def test_every_row_of_the_directory_gets_the_answer_its_authority_implies(
    rows: Rows, snapshot: Snapshot, directory: Directory
) -> None:
    """What is expected comes from the source's own codes and the data files.

    All 2.7 million are looked up; the decision is asked once for each of the few thousand different placements.
    """
    view = view_of(snapshot, "lafse", date(2026, 11, 22))
    implied = {area: _implied(area, snapshot) for area in set(rows.areas)}
    answers: dict[Placement | None, Route] = {}
    seen: Counter[str] = Counter()
    wrong = []
    for key, area in zip(rows.keys, rows.areas, strict=True):
        placement = directory.find(key)
        route = answers.get(placement) or answers.setdefault(placement, decide(key, view, directory))
        seen[route.outcome] += 1
        if _answered(route) != implied[area]:
            wrong.append((key, area, route))
    assert wrong == []
    assert seen["exact"] + seen["near_border"] == 407_668
    assert 0.005 <= seen["near_border"] / 407_668 <= 0.025


def test_a_row_in_every_hundred_is_routed_from_the_text_to_the_answer(
    rows: Rows, snapshot: Snapshot, routed: Routed
) -> None:
    implied = {area: _implied(area, snapshot) for area in set(rows.areas)}
    for i in range(0, len(rows.keys), 101):
        route = routed(written(rows.keys[i]).lower())
        assert (route.postcode, _answered(route)) == (written(rows.keys[i]), implied[rows.areas[i]])


def _answered(route: Route) -> tuple[str, str | None]:
    """Near a border the council is still the directory's own."""
    return route.outcome.replace("near_border", "exact"), route.council.slug if route.council else None


def _implied(area: str, snapshot: Snapshot) -> tuple[str, str | None]:
    members = {each.area: each.council.slug for each in snapshot.assignments if each.council.hub.slug == "lafse"}
    if area in members:
        return "exact", members[area]
    return ("elsewhere_in_england" if area.startswith("E") else "outside_england"), None


def _near_border(routed: Routed) -> Route:
    routes = (routed(f"GU10 {n}{a}{b}") for n in range(1, 6) for a in "ABDE" for b in "ABDEFGHJLNPQ")
    return next(route for route in routes if route.outcome == Outcome.NEAR_BORDER)


def _keys_in(rows: Rows, authority: str, snapshot: Snapshot) -> list[str]:
    areas = {area.code for area in snapshot.areas if area.authority_code == authority}
    return [key for key, area in zip(rows.keys, rows.areas, strict=True) if area in areas]


def _divide_surrey(snapshot: Snapshot) -> Snapshot:
    """East and West Surrey from 1 April 2027; their ONS codes are not published yet."""
    surrey = next(each.council for each in snapshot.assignments if each.council.slug == "surrey")
    east, west = (
        CouncilRef(1000 + i, f"{side}-surrey", f"{side.title()} Surrey Council", surrey.hub)
        for i, side in enumerate(("east", "west"))
    )
    in_the_east = {"E07000207", "E07000208", "E07000210", "E07000211", "E07000215"}
    assignments = []
    for each in snapshot.assignments:
        if each.council is not surrey:
            assignments.append(each)
            continue
        assignments.append(replace(each, valid_to=VESTING_DAY))
        assignments.append(Assignment(each.area, east if each.area in in_the_east else west, VESTING_DAY))
    return replace(snapshot, version=2, assignments=tuple(assignments))
