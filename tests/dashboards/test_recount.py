"""Whatever happens, in whatever order, and whenever the folder comes by: the counts are those of a naive recount.

Hypothesis makes up the order, as in tests/test_life_of_an_enquiry.py; FIGURE_LIVES=300 by night.
"""

import os
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from councils.access import access_of
from councils.models import Council, Hub
from councils.roles import Role
from councils.tenancy import as_hub
from dashboards.actions.folding import fold_hub
from dashboards.actions.rebuilding import differences, rebuild
from dashboards.models import Cell
from dashboards.recounts import NOT_OF_JOURNEYS
from tests import factories
from tests.conftest import Cast
from tests.dashboards.dated import Dated
from tests.dashboards.naive import Key, recount
from tests.life.desk import Move, Staff
from tests.life.enquirers import Enquirers
from tests.life.officers import Officers
from tests.life.together import Councils

LIVES = int(os.environ.get("FIGURE_LIVES", "4"))
COLUMNS = ("council_id", "grain", "on", "figure", "split", "value", "n")


def standing(hub: Hub) -> Counter[Key]:
    with as_hub(hub):
        rows = Cell.objects.exclude(figure__in=NOT_OF_JOURNEYS).values_list(*COLUMNS)
        return Counter({(*at,): n for *at, n in rows})


class Counted(Enquirers, Officers, Councils, Dated):
    def teardown(self) -> None:
        try:
            hub = self.kent.hub
            fold_hub(hub)
            folded, naive = standing(hub), recount(hub)
            wrong = {key: (folded[key], naive[key]) for key in {*folded, *naive} if folded[key] != naive[key]}
            assert wrong == {}
            assert differences(hub) == []
            assert rebuild(hub, slices=2) == 0, "every journey is told as from scratch"
        finally:
            transaction.set_rollback(True)
            self.stack.__exit__(None, None, None)


@pytest.mark.django_db
def test_folded_at_any_moment_the_counts_are_those_of_a_naive_recount(
    kent: Council, hampshire: Council, office: Council, cast: Cast, move_clock: Move
) -> None:
    ken, hope = factories.user("Ken", kent, Role.OFFICER), factories.user("Hope", hampshire, Role.OFFICER)
    mona = factories.user("Mona", hampshire, Role.MANAGER)
    Counted.kent, Counted.hampshire, Counted.office, Counted.move = kent, hampshire, office, staticmethod(move_clock)
    Counted.staff = {
        kent.pk: Staff(access_of(cast.kate), access_of(cast.mina), ken),
        hampshire.pk: Staff(access_of(cast.hal), access_of(mona), hope),
    }
    Counted.hub_manager = access_of(factories.user("Uma", office, Role.HUB_MANAGER))
    run_state_machine_as_test(
        Counted,
        settings=settings(
            max_examples=LIVES, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
