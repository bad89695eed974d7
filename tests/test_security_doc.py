"""docs/security.md names every requirement of ASVS 5.0.0, levels 1 and 2, once, and tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "security.md").read_text()
TABLES, NOT_APPLICABLE = TEXT.split("## Does not apply")

# With how many requirements of level 1 and 2 each section of the standard begins: what follows there is of level 3.
FIRST = {
    **{"1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1},
    **{"3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4},
    **{"5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4},
    **{"7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1},
    **{"9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3},
    **{"11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4},
    **{"13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7},
    **{"16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4, "17.3": 2},
}
REQUIRED = {f"{section}.{number}" for section, count in FIRST.items() for number in range(1, count + 1)}
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (yes|partly|no|deployment) \|([^|]*)\|([^|]*)\|$", re.MULTILINE)


def rows() -> list[tuple[str, str, str, str]]:
    """Number, answer, where, shown by."""
    return [(row[0], row[1], row[2], row[3]) for row in ROW.findall(TABLES)]


def test_every_requirement_is_answered_once() -> None:
    answered = [number for number, *_ in rows()] + re.findall(r"\b\d+\.\d+\.\d+\b", NOT_APPLICABLE)
    assert sorted(answered) == sorted(REQUIRED)


def test_every_test_that_is_named_exists() -> None:
    named = {one for *_, shown in rows() for one in re.findall(r"`((?:tests|deploy|docs)/[^`]*)`", shown)}
    missing = [one for one in sorted(named) if not exists(one)]
    assert len(named) > 80 and missing == []


def exists(named: str) -> bool:
    path, _, test = named.partition("::")
    if not (ROOT / path).exists():
        return False
    return not test or f"def {test}(" in (ROOT / path).read_text()


def test_what_is_not_met_says_what_is_missing() -> None:
    assert [number for number, status, where, _ in rows() if status in ("no", "partly") and len(where) < 60] == []


def test_what_is_said_to_be_met_says_where() -> None:
    assert [number for number, _, where, _ in rows() if not where.strip()] == []
