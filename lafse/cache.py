"""The cache in Valkey. It fails open, like councils.rate_limits: with Valkey away nothing is found and nothing is kept,
and people can still log in. Whatever must not be forgotten stands in PostgreSQL."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

import redis
import structlog
from django.core.cache.backends.redis import RedisCache, RedisCacheClient

log = structlog.get_logger("lafse.cache")
Value = TypeVar("Value")


class Json:
    """Django's own way of writing values down is pickle, which would run what somebody else had put there."""

    def dumps(self, value: object) -> str:
        return json.dumps(value)

    def loads(self, written: bytes) -> Any:
        return json.loads(written)


class OpenClient(RedisCacheClient):
    def add(self, *given: Any, **named: Any) -> bool:
        return _or(True, super().add, *given, **named)

    def get(self, key: Any, default: Any) -> Any:
        return _or(default, super().get, key, default)

    def set(self, *given: Any, **named: Any) -> None:
        _or(None, super().set, *given, **named)

    def touch(self, *given: Any, **named: Any) -> bool:
        return _or(False, super().touch, *given, **named)

    def delete(self, *given: Any, **named: Any) -> bool:
        return _or(False, super().delete, *given, **named)

    def get_many(self, *given: Any, **named: Any) -> dict[Any, Any]:
        return _or({}, super().get_many, *given, **named)

    def has_key(self, *given: Any, **named: Any) -> bool:
        return _or(False, super().has_key, *given, **named)

    def set_many(self, *given: Any, **named: Any) -> None:
        _or(None, super().set_many, *given, **named)

    def delete_many(self, *given: Any, **named: Any) -> None:
        _or(None, super().delete_many, *given, **named)


class ValkeyCache(RedisCache):
    """Counting and emptying are left out: councils.rate_limits counts, and Celery's queue lies in the same Valkey."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OpenClient

    def incr(self, *arguments: object, **named: object) -> int:
        raise NotImplementedError("councils.rate_limits counts")

    def clear(self) -> None:
        raise NotImplementedError("Celery's queue lies in the same Valkey")


def _or(instead: Value, ask: Callable[..., Value], *given: Any, **named: Any) -> Value:
    try:
        return ask(*given, **named)
    except redis.RedisError as error:
        log.warning("no cache: Valkey does not answer", error=type(error).__name__)
        return instead
