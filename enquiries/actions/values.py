"""Values of an enquiry's fields as JSON keeps them, and back."""

from datetime import date
from typing import Any

from django.db.models import Field

from enquiries.models import Enquiry


def plain(value: object) -> str | int | bool | None:
    if value is None or isinstance(value, bool | int):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def read(name: str, value: object) -> Any:
    field = Enquiry._meta.get_field(name)
    return field.to_python(value) if isinstance(field, Field) else value
