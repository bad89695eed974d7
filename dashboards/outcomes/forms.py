"""A list of outcomes, pasted: nothing is uploaded over the web."""

from django import forms

from enquiries.forms.casework import StaffForm

LONGEST = 150_000  # characters; with what else is sent it stays below what the site takes in one post
MOST_ROWS = 500  # longer lists come in by `manage.py import_outcomes`
MOST_CHANGES = 40  # a row can be four steps, each a tenth of a second: a page answers within seconds


class ListForm(StaffForm):
    rows = forms.CharField(
        label="Rows of your list, with the headings",
        help_text=(
            f"At most {MOST_ROWS} at once. Copy them in your spreadsheet and paste them here. The text of a CSV file"
            " will do, too."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Paste the rows first.", "max_length": "These are too many rows. Bring in fewer."},
    )
