"""What rooms above let go along when a case goes on in another council. They register in `AppConfig.ready`; nothing
down here knows them."""

from collections.abc import Callable

from enquiries.models import Enquiry

Carry = Callable[[Enquiry, Enquiry], None]
_carried: list[Carry] = []


def goes_along(carry: Carry) -> None:
    """Called with the sender's case and the receiver's, both councils in scope, in the transaction of the handover."""
    _carried.append(carry)


def let_go_along(case: Enquiry, new: Enquiry) -> None:
    for carry in _carried:
        carry(case, new)
