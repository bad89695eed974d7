"""The page on which a letter to one person is written, as somebody uses it; and what came of it."""

import html
import re
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from councils.models import Event, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import as_council
from enquiries.actions.incoming import receive
from enquiries.models import Enquiry
from outbox.incoming import parse
from outbox.models import Message
from tests.in_order import as_written

WORDS = {"way": "email", "subject": "About fostering", "text": "Hello,\n\nshall we talk?\n\nKate\nKent Fostering"}


def address(case: Enquiry, name: str = "write") -> str:
    return reverse(f"admin:enquiries_enquiry_{name}", args=[case.pk])


def begun(client: Client, case: Enquiry, query: str = "") -> dict[str, str]:
    """What stands in the form of a page that was just opened."""
    page = client.get(address(case) + query)
    form = page.context["form"]
    return {field.name: str(field.value()) for field in form if field.value() not in (None, False)}


def do(client: Client, case: Enquiry, what: str, typed: dict[str, str]) -> Any:
    return client.post(address(case), {**typed, "do": what})


def send(client: Client, case: Enquiry, **changed: str) -> Any:
    return do(client, case, "send", begun(client, case) | WORDS | changed)


def letters(case: Enquiry) -> list[Message]:
    with as_council(case.council_id):
        return list(Message.objects.filter(subject_id=case.pk, kind="letter").order_by("created_at"))


def fresh(case: Enquiry) -> Enquiry:
    with as_council(case.council_id):
        return Enquiry.objects.get(pk=case.pk)


def verbs(case: Enquiry) -> list[str]:
    with as_council(case.council_id):
        return list(as_written(Event.objects.filter(subject_id=case.pk)).values_list("verb", flat=True))


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def words_of(page: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode())))


def wrote(case: Enquiry, text: str = "When can you come?", *, sender: str = "erin@example.org") -> None:
    raw = f"From: {sender}\nSubject: A question\nMessage-ID: <{uuid4()}@example.org>\n\n{text}\n"
    receive(parse(raw.encode()), to="kent@localhost")


def without_links(text: str) -> str:
    return re.sub(r"https?://\S+", "LINK", text)


def todo(case: Enquiry) -> ToDo:
    with as_council(case.council_id):
        return ToDo.objects.get(subject_id=case.pk, kind=ToDoKind.REPLIED)
