"""Whatever the order in which people ask, colleagues work, councils hand over and join, senders die and clocks go on,
what must hold holds.

Hypothesis makes up the order. After every step the invariants of `tests/life/holds.py` stand, and no message has left
more often than once and the number of senders that died on it; every few steps, and in the end, `manage.py verify`
finds nothing.
"""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from councils.access import access_of
from councils.models import Assignment, Council
from councils.roles import Role
from tests import factories
from tests.conftest import Cast
from tests.life.desk import Move, Staff
from tests.life.enquirers import Enquirers
from tests.life.holds import Holds
from tests.life.officers import Officers
from tests.life.senders import Senders
from tests.life.together import Councils

LIVES = int(os.environ.get("LIVES", "12"))  # more of them by night: LIVES=500


class Life(Enquirers, Officers, Councils, Senders, Holds):
    pass


@pytest.mark.django_db
def test_every_life_of_an_enquiry_keeps_what_must_hold(
    kent: Council, hampshire: Council, office: Council, cast: Cast, move_clock: Move
) -> None:
    """One council gives new cases in turn, the other by load."""
    for council, how in ((kent, Assignment.IN_TURN), (hampshire, Assignment.BY_LOAD)):
        Council.objects.filter(pk=council.pk).update(assignment=how)
    ken, hope = factories.user("Ken", kent, Role.OFFICER), factories.user("Hope", hampshire, Role.OFFICER)
    mona = factories.user("Mona", hampshire, Role.MANAGER)
    Life.kent, Life.hampshire, Life.move = kent, hampshire, staticmethod(move_clock)
    Life.staff = {
        kent.pk: Staff(access_of(cast.kate), access_of(cast.mina), ken),
        hampshire.pk: Staff(access_of(cast.hal), access_of(mona), hope),
    }
    Life.hub_manager = access_of(factories.user("Uma", office, Role.HUB_MANAGER))
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=LIVES, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
