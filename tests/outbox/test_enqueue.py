"""What enters the outbox, and when."""

from email import message_from_bytes
from email.policy import default
from uuid import UUID

import pytest
from django.db import connection, transaction

from councils.models import Council, ToDo
from councils.models.todos import ToDoKind
from councils.tenancy import OutOfScope, as_council
from outbox.actions import NoTransaction, enqueue, enqueue_template
from outbox.models import Message
from outbox.states import State
from tests.outbox.conftest import in_hours, put, seen

CASE = UUID(int=7)


def messages(council: Council) -> int:
    with as_council(council):
        return Message.objects.count()


def test_a_message_is_rendered_once_with_a_fixed_id_and_date(kent: Council) -> None:
    message = seen(kent, put(kent, subject="Hello –\r\n there\t", text="Dear Erin\n.\nŁ", headers=[("X-Kind", "a")]))
    mail = message_from_bytes(bytes(message.mime), policy=default)
    assert mail["Message-ID"] == f"<{message.pk}@localhost>"
    assert (mail["Subject"], mail["To"], mail["X-Kind"]) == ("Hello – there", "erin@example.org", "a")
    assert mail["Date"].datetime == message.created_at.replace(microsecond=0)
    assert b"\n" not in bytes(message.mime).replace(b"\r\n", b""), "every line ends as SMTP wants it"
    assert bytes(message.mime).isascii()


def test_the_same_key_is_one_message(kent: Council) -> None:
    assert put(kent) is not None
    assert put(kent, subject="Another") is None
    assert messages(kent) == 1


def test_the_same_key_in_two_councils_is_two_messages(kent: Council, hampshire: Council) -> None:
    assert put(kent) and put(hampshire)


def test_another_council_sees_nothing_of_it(kent: Council, hampshire: Council) -> None:
    put(kent)
    assert messages(hampshire) == 0
    with as_council(hampshire), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM outbox_message")
        assert cursor.fetchone() == (0,)


def test_a_message_for_a_council_out_of_scope_is_refused(kent: Council, hampshire: Council) -> None:
    with as_council(hampshire), pytest.raises(OutOfScope):
        put_here(kent)


def test_enqueuing_outside_a_transaction_is_refused(kent: Council) -> None:
    with pytest.raises(NoTransaction):
        put_here(kent)


def test_enqueuing_in_a_transaction_without_a_scope_is_refused(kent: Council) -> None:
    with transaction.atomic(), pytest.raises(OutOfScope):
        put_here(kent)


def test_what_is_rolled_back_leaves_no_message(kent: Council) -> None:
    class Broken(Exception):
        pass

    with pytest.raises(Broken), as_council(kent):
        put_here(kent)
        raise Broken
    assert messages(kent) == 0


@pytest.mark.parametrize(
    "to", ["", "erin", "a@b.org, c@d.org", "a@b.org\r\nBcc: c@d.org", "jürgen@example.org", "@b.org"]
)
def test_an_address_that_no_mail_reaches_becomes_a_call_and_not_an_error(kent: Council, to: str) -> None:
    message = seen(kent, put(kent, to=to, subject_kind="enquiry", subject_id=CASE))
    assert (message.state, message.last_error) == (State.SUPPRESSED, "address_malformed")
    with as_council(kent):
        todo = ToDo.objects.get()
        assert (todo.kind, todo.subject_kind, todo.subject_id) == (ToDoKind.RING_INSTEAD, "enquiry", CASE)


def test_a_domain_with_accents_leaves_in_ascii(kent: Council) -> None:
    assert b"To: erin@xn--bcher-kva.example" in bytes(seen(kent, put(kent, to="erin@bücher.example")).mime)


def test_a_header_that_leaves_its_line_crashes(kent: Council) -> None:
    with pytest.raises(ValueError):
        put(kent, reply_to="Kent\r\nBcc: x@example.org <a@example.org>", headers=[("X-A", "b\r\nBcc: c@d.org")])


def test_a_template_that_fails_does_not_roll_back_what_caused_it(kent: Council) -> None:
    with as_council(kent):
        message = enqueue_template(
            template="no_such_mail",
            context={},
            council=kent,
            kind="confirmation",
            to="erin@example.org",
            subject="Hello",
            dedupe_key="broken",
            expires_at=in_hours(1),
        )
        assert message is not None
        assert (message.state, message.last_error) == (State.DEAD, "template_failed")
        assert ToDo.objects.get().kind == ToDoKind.MAIL_FAILED


def test_a_wake_up_is_planned_once_a_transaction(kent: Council) -> None:
    with as_council(kent):
        before = len(connection.run_on_commit)
        put_here(kent, "one")
        put_here(kent, "two")
        assert len(connection.run_on_commit) == before + 1


def put_here(council: Council, key: str = "only") -> Message | None:
    """Enqueue in whatever scope the test is in."""
    return enqueue(
        council=council,
        kind="confirmation",
        to="erin@example.org",
        subject="Hello",
        text="Hello",
        dedupe_key=key,
        expires_at=in_hours(1),
    )
