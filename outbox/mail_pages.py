"""A mail as its reader will see it, for pages of ours: nothing in it may run, load from elsewhere or send a form."""

from base64 import b64encode
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from hashlib import sha256
from html.parser import HTMLParser

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


def html_of(message: Message) -> str:
    """The HTML part as it leaves; empty where there is none. Line ends as a browser reads them."""
    body = parsed(message).get_body(("html",)) if message.mime else None
    return str(body.get_content()).replace("\r\n", "\n") if body else ""


class _Styles(HTMLParser):
    """Every style that a page brings along: between tags, and in attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "style"
        self.found += [value for name, value in attrs if name == "style" and value]

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = False


def with_mail(page: HttpResponse, html: str) -> HttpResponse:
    """`page` holds this mail in a frame's `srcdoc`, which inherits the page's policy: that one lets in exactly the
    mail's own styles, by their hashes, and nothing else that is inline."""
    styles = _Styles()
    styles.feed(html)
    hashes = [f"'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'" for each in dict.fromkeys(styles.found)]
    page._csp_update = {"style-src": ["'unsafe-hashes'", *hashes]}  # type: ignore[attr-defined]  # read by django-csp
    return page
