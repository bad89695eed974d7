"""What staff write down about the records of another service."""

from enquiries.consents import Consent, now_shown
from enquiries.forms.casework import StaffForm
from enquiries.forms.fields import line_field
from enquiries.forms.steps import day_field


class RecordsForm(StaffForm):
    """The names are those of the case."""

    asked = now_shown(Consent.RECORDS)

    records_consent_on = day_field("They agreed on")
    records_asked_on = day_field("We asked on")
    fosters_with_name = line_field("Which service was asked", "The name of the service", 120)
    records_came_on = day_field("The records came on")


class NumberForm(StaffForm):
    case_number = line_field("Number in your case system", "The number", 40)
