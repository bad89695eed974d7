import logging
import threading

import structlog
from celery import Task, shared_task
from django.db import connection

from tests.lafse.canaries import NAME

log = structlog.get_logger("tests.breaking")


@shared_task
def fail() -> None:
    logging.getLogger("a.library").warning("could not greet %s", NAME)
    logging.getLogger("a.careless.library").warning(f"could not greet {NAME}")
    thread = threading.Thread(target=int, args=(NAME,))
    thread.start()
    thread.join()
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::uuid", [NAME])


@shared_task(bind=True, max_retries=1, default_retry_delay=0)
def try_again(self: "Task[[], None]") -> None:
    if self.request.retries == 1:
        log.info("tried again")
        return
    raise self.retry(exc=RuntimeError(f"{NAME} is away"))
