"""Where nothing is counted, and where one is, the pages say so in sentences."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.utils.html import strip_tags

from councils.clock import hub_now
from councils.models import Council, User
from councils.working_time import in_london
from dashboards.states import Stage
from tests.conftest import Cast
from tests.dashboards.counted import counts, parts

AsUser = Callable[[User], Client]
PAGES = ("region/funnel/", "region/promise/", "region/ambassadors/", "council/kent/")


def read(client: Client, page: str) -> str:
    answer = client.get(f"/staff/dashboards/cell/{page}", {"period": "this_year", "compare": "year_before"})
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


@pytest.mark.parametrize("page", PAGES)
def test_of_nobody_no_middle_is_told(kent: Council, cast: Cast, as_user: AsUser, page: str) -> None:
    shown = read(as_user(cast.rhea), page)
    for told in ("ten within none yet", "them within none yet", "none yet and none yet", "was None due", "0 are still"):
        assert told not in shown


def test_of_one_it_is_said_as_of_one(kent: Council, cast: Cast, as_user: AsUser) -> None:
    month = in_london(hub_now()).date().replace(day=1)
    parts(kent, "cohort", "stage", {Stage.ENQUIRED.value: 2, Stage.REACHED.value: 1}, on=month)
    parts(kent, "cohort_open", "stage", {Stage.REACHED.value: 1}, on=month)
    counts(kent, {"enquiries": 2, "wishes": 1, "introduced": 1})
    rhea = as_user(cast.rhea)
    funnel = read(rhea, "region/funnel/")
    assert "By now: spoken with 1 of 2 (9% to 91%). 1 is still on the way" in funnel
    assert "1 is still on the way" in read(rhea, "council/kent/")
    assert "1 wished to talk to a foster carer, 1 was introduced, 0 spoke." in read(rhea, "region/ambassadors/")
