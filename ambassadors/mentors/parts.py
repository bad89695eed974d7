"""What mentors add to the page of a case and to "Your enquiry"."""

from ambassadors.mentors import reading
from enquiries import more_parts


def register() -> None:
    more_parts.on_case_page(reading.on_case)
    more_parts.on_own_page(reading.on_own_page)
