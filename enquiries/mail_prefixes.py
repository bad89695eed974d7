"""Addresses of ours whose mail is for a room above. They register in `AppConfig.ready`; nothing here knows them."""

from collections.abc import Callable

from enquiries.incoming_states import Came
from outbox.incoming import Incoming

Take = Callable[[Incoming, str], Came | None]
_takes: dict[str, Take] = {}


def on_mail_to(prefix: str, take: Take) -> None:
    """`prefix` of the local part, in lower case; `take` gets the mail and what follows the prefix, outside of any
    scope. It answers None where the address leads nowhere: then the mail is taken as any other."""
    _takes[prefix] = take


def take_elsewhere(mail: Incoming, local: str) -> Came | None:
    found = ((prefix, take) for prefix, take in _takes.items() if local.startswith(prefix))
    return next((take(mail, local.removeprefix(prefix)) for prefix, take in found), None)
