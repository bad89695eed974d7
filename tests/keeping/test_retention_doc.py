"""What docs/retention.md says is what the code does."""

from pathlib import Path

from django.conf import settings

from councils.retention_names import Kept
from enquiries.privacy import CURRENT
from enquiries.retention.endings import RULES, Ending
from enquiries.retention.lives import LIVES

DOCS = Path(settings.BASE_DIR) / "docs"


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def enquiries_table() -> list[str]:
    return [
        row(
            Ending(ending).label,
            f"{rule.months} months after {rule.after}",
            f"{rule.minimum} months" if rule.minimum > 1 else "none",
            rule.source,
        )
        for ending, rule in RULES.items()
    ]


def lives_table() -> list[str]:
    return [row(life.what, life.until, life.reason) for life in LIVES.values()]


def test_the_tables_of_the_document_are_those_of_the_code() -> None:
    text = (DOCS / "retention.md").read_text().splitlines()
    assert [line for line in [*enquiries_table(), *lives_table()] if line not in text] == []


def test_the_privacy_notice_promises_no_less_than_the_rules_keep() -> None:
    """A hub whose numbers change publishes another notice."""
    notice = (Path(settings.BASE_DIR) / "templates" / "pages" / "privacy" / f"{CURRENT}.html").read_text()
    assert RULES[Ending.ENQUIRY].months == 24
    assert "2 years after it was closed" in notice
    assert RULES[Ending.APPLICATION].minimum == 36
    assert "at least 3 years, by law" in notice
    assert LIVES[Kept.CONCERN].days == 3650
    assert "10 years" in notice
