"""Two presses of one button in the same moment say a concern once, and tell the group once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

from django.db import connection

from ambassadors.actions import concerns
from ambassadors.actions.concerns import Said, raise_concern
from ambassadors.concerns.sources import of_introduction
from ambassadors.concerns.telling import UNREAD, WAITS
from ambassadors.introduction_states import State
from ambassadors.models import Concern, ConcernAbout, ConcernFrom
from councils.models import Council
from councils.roles import Role
from councils.tenancy import as_council
from outbox.models import Message
from tests import factories

SAID = Said(ConcernAbout.OTHER, "A pangolin lives in the attic")


def test_the_same_concern_twice_at_once_is_one_in_each_council(committed_db: None) -> None:
    kent, hampshire = (Council.objects.get(slug=slug) for slug in ("kent", "hampshire"))
    for council, names in ((kent, ("Sade", "Sol")), (hampshire, ("Lena", "Lou"))):
        for name in names:
            factories.user(name, council, Role.SAFEGUARDING)
    row = factories.introduction(factories.enquiry(kent), factories.ambassador(hampshire), State.AGREED)
    source, key, together = of_introduction(row, ConcernFrom.ENQUIRER), uuid4(), Barrier(2)

    def press(_: int) -> UUID:
        try:
            together.wait(10)
            return raise_concern(source, SAID, key=key, by=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert list(both.map(press, range(2))) == [key, key]
    for council in (kent, hampshire):
        with as_council(council):
            assert Concern.objects.filter(council=council).count() == 1
            assert Message.objects.filter(council=council, kind=WAITS).count() == 2


def test_the_watch_beside_itself_tells_once(committed_db: None) -> None:
    kent, together = Council.objects.get(slug="kent"), Barrier(2)
    for name in ("Sade", "Sol"):
        factories.user(name, kent, Role.SAFEGUARDING)
    row = factories.introduction(factories.enquiry(kent), factories.ambassador(kent), State.AGREED)
    raise_concern(of_introduction(row, ConcernFrom.ENQUIRER), SAID, key=uuid4(), by=None)
    with as_council(kent), connection.cursor() as cursor:
        cursor.execute("DELETE FROM testing.clock")
        cursor.execute("INSERT INTO testing.clock SELECT hub_now() + interval '61 minutes'")

    def watch(_: int) -> int:
        try:
            together.wait(10)
            return concerns.tell_of_unread()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(watch, range(2))) == [0, 1]
    with as_council(kent):
        assert Message.objects.filter(kind=UNREAD).count() == 2
