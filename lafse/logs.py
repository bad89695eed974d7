"""Logs: one JSON object a line, UTC, with the request's id, and nothing personal.

Only what our own code names is written. Of an exception, the type and the code lines are kept and the message is not:
a constraint error's message quotes the row, an SMTP error's the address.
"""

import logging
import logging.config
import sys
import traceback
from typing import Any

import structlog

# Django's own loggers put paths, SQL parameters or addresses into their messages.
QUIET = ("django.request", "django.security", "django.db.backends", "django.server", "kombu", "amqp", "mail.log")


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
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)


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
        foreign_pre_chain=[structlog.stdlib.add_logger_name, structlog.stdlib.ExtraAdder(allow=["task_id"])],
    )


def _without_message_of_exception(_: Any, __: str, event: Any) -> Any:
    event.pop("stack_info", None)
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"] = type(error).__qualname__
        event["at"] = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-8:]]
    return event
