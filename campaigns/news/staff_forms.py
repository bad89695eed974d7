"""What staff type about subscribers."""

from django import forms

from campaigns.actions.importing_lists import Terms
from campaigns.states import Purpose, Reach
from enquiries.contact_details import clean_email
from enquiries.forms.casework import StaffForm
from enquiries.forms.fields import CheckedField, line_field, lines_field


class FindForm(StaffForm):
    """One whole address: nobody leafs through them."""

    address = CheckedField(
        clean_email,
        "The email address",
        label="Email address",
        missing="Write the whole email address.",
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off", "spellcheck": "false"}),
    )


class TermsForm(StaffForm):
    wording = lines_field(
        "What they were asked",
        "What they were asked",
        1000,
        rows=4,
        missing="Write down the words that people agreed to.",
        help_text="The words that stood beside the box, or were said. People can read them on their page.",
    )
    told_by = line_field(
        "How your council knows",
        "How your council knows",
        300,
        missing="Write down how your council knows that they agreed.",
        help_text="For example: sign-up sheets of the Kent County Show 2026, kept by the fostering team.",
    )
    purposes = forms.MultipleChoiceField(
        label="What they agreed to",
        choices=Purpose.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what they agreed to."},
    )

    def terms(self) -> Terms:
        """Raises Refused."""
        told = self.told()
        wanted = tuple(Purpose(each) for each in told["purposes"])
        return Terms(wording=told["wording"], told_by=told["told_by"], purposes=wanted)


class ListForm(TermsForm):
    rows = forms.CharField(
        label="The rows",
        help_text="Copy them from your spreadsheet, with the headings “Email” and “Agreed on”, and “First name” if"
        " you have it.",
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        max_length=100_000,
        error_messages={
            "required": "Paste the rows first.",
            "max_length": "These are too many rows to paste. Bring in fewer at a time, or ask the operator.",
        },
    )
    called = line_field(
        "What the list is called", "The name of the list", 120, missing="Write what the list is called."
    )
    field_order = ("rows", "called", "wording", "told_by", "purposes")


class EndForm(StaffForm):
    reach = forms.ChoiceField(
        choices=[(Reach.COUNCIL.value, "Here"), (Reach.REGION.value, "Everywhere")],
        error_messages={"required": "Say from whom they want no more news.", "invalid_choice": "Say from whom."},
    )

    def chosen(self) -> Reach:
        """Raises Refused."""
        return Reach(self.told()["reach"])
