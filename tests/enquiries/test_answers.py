import json
from dataclasses import replace

from enquiries.answers import Answers, Preparation, RouteSnapshot
from enquiries.states import Bedroom, CareKind, Kind, OfAge, RouteChoice, Slot, Way

ANSWERS = Answers(
    hub_id=1,
    council_id=2,
    route=RouteSnapshot(
        typed="so23 8uj", postcode="SO23 8UJ", outcome="exact", council_id=2, candidates=("hampshire",)
    ),
    route_choice=RouteChoice.ROUTED,
    kind=Kind.TRANSFER,
    name="Jo Smith",
    email="jo@example.org",
    way=Way.EMAIL,
    times=(Slot.SATURDAY,),
    notice_version="2026-11",
)
PREPARATION = Preparation(of_age=OfAge.YES, bedroom=Bedroom.NOT_YET, care_kinds=(CareKind.SIBLINGS,))


def test_answers_survive_json() -> None:
    assert Answers.from_json(json.loads(json.dumps(ANSWERS.to_json()))) == ANSWERS


def test_a_preparation_survives_json() -> None:
    assert Preparation.from_json(json.loads(json.dumps(PREPARATION.to_json()))) == PREPARATION
    assert Preparation.from_json({}) == Preparation()


def test_another_answer_is_another_digest() -> None:
    assert replace(ANSWERS, message="Hello").digest() != ANSWERS.digest()


def test_a_new_postcode_is_another_digest() -> None:
    assert replace(ANSWERS, route=replace(ANSWERS.route, typed="RG4 8AA")).digest() != ANSWERS.digest()


def test_a_new_release_of_the_directory_is_the_same_form() -> None:
    assert replace(ANSWERS, route=replace(ANSWERS.route, release="2027-02", version=9)).digest() == ANSWERS.digest()


def test_a_suspicion_is_no_answer() -> None:
    assert replace(ANSWERS, suspicions=("too_fast",)).digest() == ANSWERS.digest()
