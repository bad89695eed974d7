"""The buttons of single sign-on."""

from dataclasses import dataclass

from django.template import Library
from django.urls import reverse

from staff.models import SignOn

register = Library()


@dataclass(frozen=True, slots=True)
class Way:
    name: str
    address: str


@register.simple_tag
def sign_on_ways() -> list[Way]:
    known = SignOn.objects.filter(ended_at=None).order_by("name").values_list("name", "slug")
    return [Way(name, reverse("openid_connect_login", args=[slug])) for name, slug in known]
