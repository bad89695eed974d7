"""Somebody who opens "Your enquiry" from a mail."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from councils.tenancy import as_council
from enquiries.links import status_link, stop_link
from enquiries.models import Enquiry
from tests.enquiries.conftest import some_network


def path_of(link: str) -> str:
    return link.removeprefix("http://localhost:8000")


def status_path(case: Enquiry) -> str:
    with as_council(case.council_id):
        return path_of(status_link(case))


def stop_path(case: Enquiry) -> str:
    with as_council(case.council_id):
        return path_of(stop_link(case))


@dataclass
class Reader:
    client: Client = field(default_factory=lambda: Client(REMOTE_ADDR=f"{some_network()}.1"))

    def opens(self, case: Enquiry) -> str:
        return self.follows(status_path(case))

    def follows(self, path: str) -> str:
        answer = self.client.get(path, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    def sees(self, page: str = "") -> str:
        return self.follows(f"/your-enquiry/{page}")

    def sends(self, page: str, **answers: Any) -> Any:
        return self.client.post(f"/your-enquiry/{page}", answers)
