"""Whoever reads a log opens nothing with it, and writes to nobody."""

import pytest

from ambassadors.models import Offer
from ambassadors.relay import Side
from councils.models import Council
from councils.tenancy import as_council
from outbox.models import Message
from tests import factories
from tests.ambassadors.own_pages import as_ambassador_client, link_path, somebody
from tests.ambassadors.relaying import agreed


def test_no_log_says_the_token_of_a_link(kent: Council, caplog: pytest.LogCaptureFixture) -> None:
    path = link_path(factories.ambassador(kent))
    client, token = somebody(), path.strip("/").rpartition("/")[2]
    for page in (path, "/ambassadors/", "/ambassadors/profile/", f"{path}?then=nothing", f"{path}x"):
        client.get(page, follow=True)
    assert "ambassadors/enter/<str:token>/" in caplog.text, "the route is told"
    assert len(token) > 20 and token not in caplog.text


def test_no_log_says_an_address_of_the_relay(kent: Council, caplog: pytest.LogCaptureFixture) -> None:
    talk = agreed(kent)
    client = as_ambassador_client(talk.ambassador)
    with as_council(kent):
        offer = Offer.objects.get(council=kent, pair_id=talk.introduction.pair_id)
    client.get(f"/ambassadors/conversation/{offer.pk}/")
    for writer in Side:
        talk.writes(writer)
        talk.writes(writer, sender="stranger@example.net")
        address = talk.address(writer)
        assert address not in caplog.text and address.partition("@")[0].partition("+")[2] not in caplog.text
    with as_council(kent):
        assert Message.objects.filter(council=kent, kind="relay").count() == 2
    assert "request" in caplog.text
