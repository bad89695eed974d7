"""The mail server of the harness does what its modes say, as a client sees it."""

import smtplib
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.mail import MailServer
from tests.faults.sink import CRAWLING, VISITORS, Mode
from tests.faults.waiting import free_port

MAIL = b"Message-ID: <abc@localhost>\r\nSubject: x\r\n\r\n..Text\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    made = MailServer(tmp_path_factory.mktemp("faults") / "mail", free_port())
    made.start()
    yield made
    made.stop()


def send(server: MailServer, to: str = f"erin{VISITORS}", patience: float = 2) -> str:
    """The answer to the mail, or to what came before it."""
    try:
        with smtplib.SMTP("127.0.0.1", server.port, timeout=patience) as client:
            client.starttls(context=ssl.create_default_context(cafile=str(server.trusted)))
            client.login("hub", "secret")
            client.mail("hub@example.org")
            code, _ = client.rcpt(to)
            if code != 250:
                return str(code)
            return str(client.data(MAIL)[0])
    except smtplib.SMTPServerDisconnected:
        return "hung up"
    except smtplib.SMTPResponseException as refusal:
        return str(refusal.smtp_code)
    except ssl.SSLCertVerificationError:
        return "bad certificate"
    except TimeoutError:
        return "silence"


@pytest.mark.parametrize(
    ("mode", "answer", "kept"),
    [
        (Mode.ACCEPT, "250", 1),
        (Mode.SLOW, "250", 1),
        (Mode.BUSY, "421", 0),
        (Mode.LATER, "450", 0),
        (Mode.NO_MAILBOX, "550", 0),
        (Mode.POLICY, "550", 0),
        (Mode.HANG, "hung up", 0),
        (Mode.DROP, "hung up", 1),
        (Mode.BAD_TLS, "bad certificate", 0),
        (Mode.BAD_LOGIN, "535", 0),
    ],
)
def test_it_behaves_as_told(server: MailServer, mode: Mode, answer: str, kept: int) -> None:
    server.behave(mode)
    before = server.position()
    assert send(server) == answer
    record = server.since(before)
    assert record.copies["abc"] == kept
    assert mode in (Mode.ACCEPT, *record.bad)


def test_it_crawls_from_letter_to_letter(server: MailServer) -> None:
    server.behave(Mode.CRAWL)
    before = server.position()
    assert send(server, patience=CRAWLING / 2) in ("hung up", "silence")
    assert server.since(before).bad[Mode.CRAWL] == 1


def test_the_councils_own_mailbox_exists_always(server: MailServer) -> None:
    server.behave(Mode.NO_MAILBOX)
    assert send(server, to="duty@example.org") == "250"


def test_a_mail_is_on_the_disk_before_it_is_answered(server: MailServer) -> None:
    server.behave(Mode.DROP)
    before = Path(server.folder / "record").stat().st_size
    send(server)
    assert Path(server.folder / "record").stat().st_size > before
