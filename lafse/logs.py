"""Logs: one JSON object a line, UTC, with the request's id, and nothing personal.

Our own code names every value that it writes. Of a library's record only the template is kept ("Task %(name)s failed:
%(exc)s"), because what is filled in may be a path, an address or a row; a record without arguments may have been filled
in already, so of that one only the place is kept. Of an exception the type and the code lines are kept and the message
is not: a constraint error's message quotes the row, an SMTP error's the address.
"""

import logging
import logging.config
import sys
import threading
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

import structlog

log = structlog.get_logger("lafse.logs")
DEEPEST = 8  # frames of a traceback
_OF_TASKS = {"name": "task", "id": "task_id"}  # what Celery may fill in


def configure(config: dict[str, Any]) -> None:
    """Called by Django with settings.LOGGING."""
    structlog.configure(
        processors=[structlog.stdlib.add_logger_name, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(config["level"])
    logging.raiseExceptions = False  # a record that cannot be formatted would be printed with its arguments
    _take_over()


def _take_over() -> None:
    """From everything that has handlers, levels or ways of printing of its own."""
    for name in ("django", "django.server", "gunicorn.error", "gunicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("django.request").setLevel(logging.ERROR)  # every request has a line of ours
    logging.getLogger("django.security.DisallowedHost").addFilter(_unknown_host)
    logging.getLogger("django.db.backends").setLevel(logging.CRITICAL)
    threading.excepthook = lambda thread: uncaught(thread.exc_type, thread.exc_value, thread.exc_traceback)
    sys.unraisablehook = lambda lost: uncaught(lost.exc_type, lost.exc_value, lost.exc_traceback)


def _unknown_host(_: logging.LogRecord) -> bool:
    """Scanners ask for other hosts all day: no error of ours, and what they asked for is nobody's business."""
    log.warning("unknown host")
    return False


def uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    """For sys.excepthook of a process that nobody watches; Python's own prints the message."""
    log.critical("uncaught", exc_info=(kind, error, trace))


def formatter() -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.stdlib.add_log_level,
            structlog.contextvars.merge_contextvars,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_message_of_exception,
            structlog.processors.JSONRenderer(),
        ],
        foreign_pre_chain=[structlog.stdlib.add_logger_name, _only_the_template],
        use_get_message=False,
        pass_foreign_args=True,
    )


def _only_the_template(_: Any, __: str, event: Any) -> Any:
    values, record = event.pop("positional_args", None), event["_record"]
    event["where"] = f"{record.pathname}:{record.lineno}"
    if isinstance(values, Mapping):
        event |= {ours: values[theirs] for theirs, ours in _OF_TASKS.items() if theirs in values}
    if not values:
        event["event"] = "message withheld"
    return event


def _without_message_of_exception(_: Any, __: str, event: Any) -> Any:
    event.pop("stack_info", None)
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"] = type(error).__qualname__
        event["at"] = [f"{at.filename}:{at.lineno}" for at in traceback.extract_tb(error.__traceback__)[-DEEPEST:]]
        if cause := error.__cause__ or error.__context__:
            event["because"] = type(cause).__qualname__
    return event
