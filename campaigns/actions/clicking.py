"""One of our addresses was followed. Not by whom: a click is a row of a council, a word and a time."""

from campaigns.models import Click, Code, Link
from councils.tenancy import as_council


def count_code(code: Code) -> None:
    with as_council(code.council_id):
        Click.objects.create(council_id=code.council_id, code=code.code)


def count_link(link: Link) -> None:
    """Where the council counts them at all. Its council is in scope, and its mailing was read with it."""
    mailing = link.mailing
    if mailing.counts_clicks:
        Click.objects.create(
            council_id=link.council_id, mailing_key=mailing.pk, position=link.position, code=mailing.code
        )
