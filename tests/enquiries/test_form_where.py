"""Where somebody lives, as the form asks it: a border, a new home, elsewhere, another council, no postcode."""

from collections.abc import Callable

import pytest

from councils.models import Council
from enquiries.models import Draft
from enquiries.states import RouteChoice
from tests.enquiries.conftest import KENT, Visitor
from tests.enquiries.filling import at_leisure, only_case, page_of

__all__ = ["at_leisure"]


def test_the_council_stands_above_the_next_question(visitor: Visitor) -> None:
    visitor.send("postcode", postcode=KENT)
    assert "Kent Fostering" in visitor.open("reason").content.decode()


def test_another_postcode_is_routed_again(visitor: Visitor, kent: Council, at_leisure: Callable[[], None]) -> None:
    visitor.fill_in()
    visitor.send("postcode", postcode=KENT)
    at_leisure()
    visitor.submit()
    assert only_case().council == kent


def test_near_a_border_the_council_tax_decides(visitor: Visitor, at_leisure: Callable[[], None]) -> None:
    near = next(code for code in candidates_near_reading() if asks(visitor, code))
    asked = visitor.open("area").context["form"].fields["area"].choices
    other = asked[1][0]
    visitor.send("area", area=other)
    visitor.fill_in(postcode={"postcode": near})
    at_leisure()
    visitor.submit()
    assert (only_case().route_choice, only_case().area_code) == (RouteChoice.NAMED_AREA, other)


def test_not_sure_takes_the_nearest_and_says_so(visitor: Visitor, at_leisure: Callable[[], None]) -> None:
    near = next(code for code in candidates_near_reading() if asks(visitor, code))
    visitor.send("area", area="not_sure")
    visitor.fill_in(postcode={"postcode": near})
    at_leisure()
    visitor.submit()
    assert (only_case().route_choice, only_case().check_council) == (RouteChoice.NOT_SURE, True)


def candidates_near_reading() -> list[str]:
    return [f"RG4 {number}{first}{second}" for number in "5678" for first in "ABDEH" for second in "ABDEFGHJL"]


def asks(visitor: Visitor, postcode: str) -> bool:
    answer = visitor.send("postcode", postcode=postcode)
    return answer.status_code == 302 and page_of(answer) == "area"


def test_an_answer_about_the_border_falls_with_the_postcode(visitor: Visitor) -> None:
    near = next(code for code in candidates_near_reading() if asks(visitor, code))
    visitor.send("area", area="not_sure")
    visitor.send("postcode", postcode=KENT)
    assert page_of(visitor.send("postcode", postcode=near)) == "area"


@pytest.mark.parametrize(
    ("postcode", "words"), [("HP19 8FF", "Buckinghamshire"), ("EH1 1YZ", "England"), ("N17 6AA", "Haringey")]
)
def test_who_lives_elsewhere_is_pointed_there_and_may_go_on(
    visitor: Visitor, office: Council, at_leisure: Callable[[], None], postcode: str, words: str
) -> None:
    assert page_of(visitor.send("postcode", postcode=postcode)) == "outside"
    assert words in visitor.open("outside").content.decode()
    visitor.send("outside", go_on="yes")
    visitor.fill_in(postcode={"postcode": postcode})
    at_leisure()
    visitor.submit()
    assert (only_case().council, only_case().route_choice) == (office, RouteChoice.OUTSIDE)


def test_who_lives_elsewhere_may_choose_one_of_our_councils(visitor: Visitor) -> None:
    visitor.send("postcode", postcode="HP19 8FF")
    assert visitor.open("council").status_code == 200
    assert page_of(visitor.send("council", council="kent")) == "reason"


def test_a_postcode_that_is_malformed_is_kept_as_typed(visitor: Visitor) -> None:
    answer = visitor.send("postcode", postcode="SO23 8U")
    assert answer.status_code == 422
    assert 'value="SO23 8U"' in answer.content.decode()
    assert answer.context["form"].error_links()[0].target == "id_postcode"
    assert not Draft.objects.exists()


def test_the_answers_name_the_hub_once_where_its_office_answers(visitor: Visitor) -> None:
    visitor.fill_in(postcode={"postcode": "", "without": "yes"})
    rows = {row.key: row.value for row in visitor.open("check").context["rows"]}
    assert rows["Who will answer you"] == "Local Authority Fostering South East"


def test_without_a_postcode_the_hub_office_answers(
    visitor: Visitor, office: Council, at_leisure: Callable[[], None]
) -> None:
    visitor.fill_in(postcode={"postcode": "no idea", "without": "yes"})
    at_leisure()
    visitor.submit()
    case = only_case()
    assert (case.council, case.route_choice, case.postcode) == (office, RouteChoice.NO_POSTCODE, "no idea")


def test_another_council_can_be_chosen(visitor: Visitor, kent: Council, at_leisure: Callable[[], None]) -> None:
    visitor.fill_in()
    assert page_of(visitor.send("council", council="kent")) == "check"
    at_leisure()
    visitor.submit()
    case = only_case()
    assert (case.council, case.route_choice, case.postcode) == (kent, RouteChoice.CHOSE_COUNCIL, "SO23 8UJ")
