"""The two years before the demonstration."""

from councils.models import Council, Hub, Membership
from councils.tenancy import across
from dashboards.tables import as_of
from enquiries.models import Enquiry
from enquiries.states import State
from lafse.demo.history import count_at_once, make_history
from lafse.demo.people import NOBODY_IN, arrive


def test_nobody_in_it_waits_for_a_first_call_and_no_colleague_is_invented(db: None, lafse: Hub) -> None:
    councils = {council.slug: council for council in Council.objects.filter(hub=lafse).select_related("hub")}
    arrive(councils, known="")
    people = Membership.objects.count()
    assert make_history(lafse, enquiries=150) == 150
    assert make_history(lafse, enquiries=150) == 0
    count_at_once(lafse, enquiries=150)
    assert as_of(lafse.pk) is not None
    assert Membership.objects.count() == people
    with across(councils.values(), reason="test"):
        assert not Enquiry.objects.filter(promise_kept_at=None).exclude(state=State.DUPLICATE).exists()
        assert Enquiry.objects.filter(state=State.APPROVED).exists()
        assert Enquiry.objects.open().count() < 30
        owners = Enquiry.objects.filter(council__slug=NOBODY_IN).exclude(owner=None)
        assert set(owners.values_list("owner__email", flat=True)) <= {"olu@example.org", "hannah@example.org"}
