import pytest

from outbox.outcomes import Outcome, Verdict, insecure, refused, unreachable


@pytest.mark.parametrize(
    ("code", "text", "verdict", "ends_run"),
    [
        (421, "Too many", Verdict.RETRY, True),
        (450, "4.2.1 Busy", Verdict.RETRY, False),
        (451, "4.7.1 Greylisted", Verdict.RETRY, False),
        (530, "Authentication required", Verdict.HOLD, True),
        (535, "5.7.8 Bad log-in", Verdict.HOLD, True),
        (550, "5.1.1 No such user", Verdict.NO_SUCH_ADDRESS, False),
        (550, "5.1.10 Null MX", Verdict.NO_SUCH_ADDRESS, False),
        (553, "5.1.8 Sender's domain does not exist", Verdict.HOLD, True),
        (550, "5.7.1 Policy", Verdict.HOLD, True),
        (550, "5.7.515 Not authenticated", Verdict.HOLD, True),
        (550, "No such user", Verdict.DEAD, False),
        (552, "5.3.4 Too big", Verdict.DEAD, False),
        (-1, "not a code", Verdict.RETRY, False),
    ],
)
def test_an_answer_means_one_thing(code: int, text: str, verdict: Verdict, ends_run: bool) -> None:
    outcome = refused(code, text)
    assert (outcome.verdict, outcome.ends_run) == (verdict, ends_run)


def test_a_refusal_of_ourselves_blames_no_message_and_ends_the_run() -> None:
    outcome = refused(550, "5.1.1 odd, but said to the sender's address", about_us=True)
    assert (outcome.verdict, outcome.ends_run) == (Verdict.HOLD, True)


@pytest.mark.parametrize(
    ("outcome", "trips"),
    [
        (refused(550, "5.7.1 Policy"), True),
        (refused(535, "5.7.8 Bad log-in"), True),
        (insecure("SSLError"), True),
        (refused(421, "Too many"), False),
        (unreachable("TimeoutError"), False),
        (refused(550, "5.1.1 No such user"), False),
    ],
    ids=["policy", "log-in", "TLS", "busy", "away", "recipient"],
)
def test_what_only_a_person_can_put_right_trips_the_circuit_at_once(outcome: Outcome, trips: bool) -> None:
    assert outcome.trips is trips


def test_the_code_names_no_person() -> None:
    assert refused(550, "5.1.1 <erin@example.org> unknown").code == "smtp_550_5.1.1"
