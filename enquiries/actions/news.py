"""News on a case, for rooms above: whoever says no elsewhere has said it for their case, and the other way round."""

from councils.events import record
from councils.models import User
from enquiries.actions.changing import on_case
from enquiries.models import Enquiry


def end_news(enquiry: Enquiry, *, by: User | None) -> None:
    """Nothing else changes: neither the promise nor what their enquiry needs. Harmless when done twice."""
    with on_case(enquiry) as case:
        if case.news_by_email or case.news_by_text:
            case.news_by_email = case.news_by_text = False
            case.save(update_fields=["news_by_email", "news_by_text"])
            record("enquiry.news_stopped", subject=case, by=by)


def agree_to_news(enquiry: Enquiry, *, by: User | None) -> None:
    """By email; they said so on a page that asked in its own words."""
    with on_case(enquiry) as case:
        if not case.news_by_email:
            case.news_by_email = True
            case.save(update_fields=["news_by_email"])
            record("enquiry.news_agreed", subject=case, by=by)
