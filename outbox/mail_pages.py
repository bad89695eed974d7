"""A mail as its reader will see it, for pages of ours: nothing in it may run, load from elsewhere or send a form."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from django.http import Http404, HttpResponse

from outbox.models import Message

_IN_WINDOW = '<base target="_top">'
# A mail's styles stand inside it.
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"


def parsed(message: Message) -> EmailMessage:
    return message_from_bytes(bytes(message.mime), EmailMessage, policy=default)


def has_html(mail: EmailMessage) -> bool:
    return mail.get_body(("html",)) is not None


def html_page(message: Message) -> HttpResponse:
    """For a frame of the same site: the HTML part as it leaves. Links open in the whole window, where the frame's
    sandbox lets them. Raises Http404 where there is no such part."""
    body = parsed(message).get_body(("html",))
    if body is None:
        raise Http404
    return html_answer(body.get_content())


def html_answer(page: str) -> HttpResponse:
    page = page.replace("<head>", f"<head>{_IN_WINDOW}", 1) if "<head>" in page else _IN_WINDOW + page
    return HttpResponse(page, headers={"Content-Security-Policy": MAIL_POLICY})
