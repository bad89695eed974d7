"""The open cases of a person in a council: counted, listed, and handed on when they leave. Registered with the people
pages, which know no cases."""

from collections.abc import Collection
from urllib.parse import urlencode

from django.urls import reverse

from councils.access import Access
from councils.models import User
from enquiries.actions.assigning import assign
from enquiries.models import Enquiry
from enquiries.recipients import WORKING_ROLES
from staff.people.work import InHand


class OpenCases:
    def in_hand(self, councils: Collection[int]) -> InHand:
        """One query."""
        return Enquiry.objects.filter(council__in=councils).open().by_owner()

    def address(self, user: User, council: int | None) -> str:
        asked = urlencode({"owner": user.pk} | ({"council": council} if council else {}))
        return f"{reverse('admin:enquiries_enquiry_changelist')}?{asked}"

    def takers(self, council: int) -> list[User]:
        """Whoever holds a working role in this very council."""
        held = {"memberships__council": council, "memberships__ended_at": None}
        working = User.objects.filter(is_active=True, memberships__role__in=WORKING_ROLES, **held)
        return list(working.only("pk", "name").distinct())

    def hand_on(self, user: User, council: int, *, to: User | None, by: Access) -> int:
        cases = list(Enquiry.objects.filter(council=council, owner=user).open().order_by("pk"))
        for case in cases:
            assign(case, to=to, by=by)
        return len(cases)
