"""Where everything stands in the picture of the calendar."""

from datetime import date, timedelta

from campaigns.came.calendar_picture import BAR, LEFT, RIGHT, WIDTH, Ran, picture

MONDAY = date(2026, 9, 7)
WEEKS = {MONDAY + timedelta(weeks=number): number * 3 for number in range(8)}
TODAY = MONDAY + timedelta(weeks=5, days=1)


def test_the_curve_ends_with_this_week() -> None:
    drawn = picture(WEEKS, [], TODAY)
    points = [float(point.split(",")[0]) for point in drawn.line.split()]
    assert len(points) == 6
    assert points == sorted(points)
    assert points[-1] == drawn.today


def test_the_line_of_numbers_is_round_and_above_the_most() -> None:
    assert [count.label for count in picture(WEEKS, [], TODAY).counts] == ["0", "25", "50"]
    assert picture(dict.fromkeys(WEEKS, 0), [], TODAY).counts[-1].label == "10"


def test_a_bar_stays_in_the_picture_and_a_day_can_be_seen() -> None:
    ran = [
        Ran("Long", MONDAY - timedelta(days=90), None),
        Ran("A day", TODAY, TODAY),
        Ran("Over", MONDAY - timedelta(days=90), MONDAY - timedelta(days=1)),
    ]
    drawn = picture(WEEKS, ran, TODAY)
    assert [bar.name for bar in drawn.bars] == ["Long", "A day"]
    long, day = drawn.bars
    assert (long.x, long.x + long.width) == (LEFT, WIDTH - RIGHT)
    assert day.width >= 4
    assert day.y - long.y == BAR
    assert drawn.height > day.y + BAR
