"""Each crossing of a handover reaches the councils that it names, and no row of any other."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection

from councils.access import access_of
from councils.models import Council, Event, Hub, User
from councils.roles import Role
from councils.tenancy import CROSSINGS, OutOfScope, across, as_council, council_owned_tables, current_scope
from councils.working_time import LONDON
from enquiries.actions import fresh_links, handovers
from enquiries.handover_states import RefusalReason
from enquiries.models import Enquiry, Handover
from tests import factories
from tests.conftest import Cast
from tests.enquiries.handing import ask, own, passed_on

MoveClock = Callable[[datetime], None]
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
WEDNESDAY_EVENING = datetime(2026, 11, 25, 17, 1, tzinfo=LONDON)
Do = Callable[[], object]


@pytest.fixture
def case(kent: Council, hampshire: Council, cast: Cast, move_clock: MoveClock) -> Enquiry:
    """Medway and Surrey have cases of their own, and a handover between them."""
    move_clock(TUESDAY)
    medway, surrey = Council.objects.get(slug="medway"), Council.objects.get(slug="surrey")
    mel = factories.user("Mel", medway, Role.OFFICER)
    ask(factories.enquiry(medway), surrey, mel)
    return factories.enquiry(kent)


@pytest.fixture
def hana(office: Council) -> User:
    return factories.user("Hana", office, Role.HUB_MANAGER)


def rows_of(councils: list[Council]) -> list[tuple[str, ...]]:
    """A fingerprint of everything that these councils own."""
    every = " UNION ALL ".join(
        f"SELECT '{table}', md5(string_agg(row::text, '' ORDER BY id)) FROM {table} AS row"  # noqa: S608  # a model's
        for table in sorted(council_owned_tables())
    )
    with across(councils, reason="test"), connection.cursor() as cursor:
        cursor.execute(every)
        return list(cursor.fetchall())


def touches_only(do: Do, *named: Council) -> None:
    others = list(Council.objects.exclude(pk__in=[council.pk for council in named]))
    before, mine = rows_of(others), rows_of(list(named))
    do()
    assert current_scope() is None
    assert rows_of(others) == before
    assert rows_of(list(named)) != mine


def test_asking_reaches_the_council_that_is_asked(case: Enquiry, kent: Council, hampshire: Council, cast: Cast) -> None:
    touches_only(lambda: ask(case, hampshire, cast.kate), kent, hampshire)


def test_accepting_reaches_the_council_that_asked(case: Enquiry, kent: Council, hampshire: Council, cast: Cast) -> None:
    asked = ask(case, hampshire, cast.kate)
    touches_only(lambda: handovers.answer(asked, accept=True, by=access_of(cast.hal)), kent, hampshire)


def test_refusing_reaches_the_council_that_asked(case: Enquiry, kent: Council, hampshire: Council, cast: Cast) -> None:
    asked, why = ask(case, hampshire, cast.kate), RefusalReason.NOT_OURS
    touches_only(lambda: handovers.answer(asked, accept=False, refusal=why, by=access_of(cast.hal)), kent, hampshire)


def test_taking_back_reaches_the_council_that_was_asked(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast
) -> None:
    sent = own(ask(case, hampshire, cast.kate))
    touches_only(lambda: handovers.withdraw(sent, by=access_of(cast.kate)), kent, hampshire)


@pytest.mark.parametrize("moves", [True, False])
def test_deciding_reaches_the_two_councils(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast, hana: User, move_clock: MoveClock, moves: bool
) -> None:
    sent = own(ask(case, hampshire, cast.kate))
    move_clock(WEDNESDAY_EVENING)
    by = access_of(hana)
    office = Council.objects.get(slug="lafse-office")  # a promise was missed meanwhile: it is told
    touches_only(lambda: handovers.decide(sent, to_receiver=moves, words="Nearer", by=by), kent, hampshire, office)


def test_a_lost_link_reaches_the_council_that_answers_now(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast, lafse: Hub
) -> None:
    passed_on(case, hampshire, cast.kate, cast.hal)
    touches_only(
        lambda: fresh_links.send_to_who_lost_it(reference=case.reference, email="erin@example.org", hub=lafse),
        hampshire,
    )


def test_nobody_widens_the_scope_without_a_crossing(case: Enquiry, kent: Council, hampshire: Council) -> None:
    with as_council(kent), pytest.raises(OutOfScope), across([kent, hampshire], reason="not reviewed"):
        pass
    reviewed = {"offer_handover", "answer_handover", "withdraw_handover", "decide_handover", "follow_handover"}
    assert reviewed <= CROSSINGS.keys()


def test_the_new_case_is_out_of_reach_of_the_council_that_had_it(
    case: Enquiry, kent: Council, hampshire: Council, cast: Cast
) -> None:
    new = passed_on(case, hampshire, cast.kate, cast.hal)
    with as_council(kent):
        assert not Enquiry.objects.filter(pk=new.pk).exists()
        assert not Event.objects.filter(subject_id=new.pk).exists()
        sent = Handover.objects.get()
        assert sent.enquiry_id == case.pk
        assert new.reference not in str(vars(sent)) + str(list(Event.objects.values_list("facts", flat=True)))
