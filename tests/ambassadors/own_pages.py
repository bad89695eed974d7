"""An ambassador who has opened a link in a mail."""

from datetime import timedelta
from typing import Any

from django.test import Client

from ambassadors.actions.log_in import link_for
from ambassadors.me import Me, me_of
from ambassadors.models import Ambassador
from councils.tenancy import as_council
from tests.enquiries.conftest import some_network
from tests.enquiries.status_visitor import path_of


def as_ambassador_client(ambassador: Ambassador) -> Client:
    client = somebody()
    answer = client.get(link_path(ambassador))
    assert answer.status_code == 302
    return client


def somebody() -> Client:
    """From a network of their own: what it sends is counted."""
    return Client(REMOTE_ADDR=f"{some_network()}.1")


def link_path(ambassador: Ambassador, *, lasting: timedelta = timedelta(hours=1)) -> str:
    with as_council(ambassador.council_id):
        return path_of(link_for(ambassador, lasting=lasting))


def text_of(client: Client, page: str = "") -> str:
    answer = client.get(f"/ambassadors/{page}", follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, page: str, **answers: Any) -> Any:
    return client.post(f"/ambassadors/{page}", answers)


def fresh(ambassador: Ambassador) -> Ambassador:
    with as_council(ambassador.council_id):
        return Ambassador.objects.get(pk=ambassador.pk)


def me(ambassador: Ambassador) -> Me:
    return me_of(fresh(ambassador))
