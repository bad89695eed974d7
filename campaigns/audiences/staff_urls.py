"""Addresses of staff's pages: what follows the model's own, the view, and the end of the name."""

from collections.abc import Callable

from django.http import HttpResponse

Address = tuple[str, Callable[..., HttpResponse], str]
ADDRESSES: tuple[Address, ...] = ()
