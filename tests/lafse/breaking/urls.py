from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from lafse.urls import urlpatterns as all_patterns
from tests.lafse.breaking import tasks


def crash(request: HttpRequest, typed: str) -> HttpResponse:
    """The address, the local variable and the message hold what was typed, as a bug's would."""
    raise RuntimeError(f"cannot handle {typed}") from ValueError(typed)


def constraint(request: HttpRequest, typed: str) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO councils_user (email, name, password) VALUES (%s, %s, '')", [typed, typed])
    return HttpResponse()


def task(request: HttpRequest) -> HttpResponse:
    tasks.fail.delay()
    tasks.try_again.delay()
    return HttpResponse()


urlpatterns = [
    path("crash/<str:typed>/", crash),
    path("constraint/<str:typed>/", constraint),
    path("task/", task),
    *all_patterns,
]
