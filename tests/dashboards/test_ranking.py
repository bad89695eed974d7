"""Nobody is put in an order on few cases."""

from dashboards.measures import STEADY, Unit, Value
from dashboards.ranking import in_order, ranks


def share(part: int, whole: int) -> Value:
    return Value(Unit.SHARE, part / whole if whole else None, whole, part)


def test_fewer_than_thirty_cases_have_no_place_and_show_the_count_and_an_interval() -> None:
    values = {"few": share(STEADY - 1, STEADY - 1), "enough": share(3, STEADY), "none": share(0, 0)}
    assert ranks(values) == {"few": None, "enough": 1, "none": None}
    assert values["few"].words == "29 of 29 (88% to 100%)"


def test_equal_shares_have_one_place_and_the_next_comes_after_both() -> None:
    values = {"kent": share(20, 40), "surrey": share(30, 60), "slough": share(30, 40)}
    assert ranks(values) == {"kent": 1, "surrey": 1, "slough": 3}
    assert ranks(values, greatest_first=True) == {"kent": 2, "surrey": 2, "slough": 1}


def test_the_order_keeps_equal_ones_as_they_were_and_sets_the_rest_apart() -> None:
    values = {"kent": share(20, 40), "few": share(1, 2), "surrey": share(30, 60), "slough": share(10, 40)}
    assert in_order(values, greatest_first=True) == (["kent", "surrey", "slough"], ["few"])
