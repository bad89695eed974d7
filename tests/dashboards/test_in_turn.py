"""Whoever makes figures anew waits for the folder's batch, and not for all that the folder has to do."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from django.db import connection, transaction

from councils.models import Hub
from dashboards.actions.folding import lock


def test_who_waits_is_next_although_the_folder_goes_on(committed_db: None, lafse: Hub) -> None:
    held, release = Event(), Event()

    def fold_and_fold_again() -> list[bool]:
        with transaction.atomic():
            got = [lock(lafse)]
            held.set()
            release.wait(10)
        with transaction.atomic():
            got.append(lock(lafse))
        connection.close()
        return got

    def make_anew() -> bool:
        with transaction.atomic():
            got = lock(lafse, wait=True)
            folder.result(10)
        connection.close()
        return got

    with ThreadPoolExecutor(2) as pool:
        folder = pool.submit(fold_and_fold_again)
        held.wait(10)
        anew = pool.submit(make_anew)
        while not waits():
            anew.done()
        release.set()
        assert anew.result(10)
        assert folder.result(10) == [True, False]


def waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)")
        return bool(cursor.fetchone()[0])
