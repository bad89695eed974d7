"""A mailing of Kent's that is about to go out, to as many as a test wants."""

from datetime import UTC, datetime
from typing import Any

from campaigns.actions.expanding import expand
from campaigns.models import Agreement, Campaign, Look, Mailing, Recipient, Subscriber
from campaigns.states import By, MailingState, Origin, Purpose, SubscriberState
from councils.access import Access, access_of
from councils.clock import hub_now
from councils.models import Council, User
from councils.roles import Role
from councils.tenancy import across, as_council
from outbox.models import Message
from outbox.sending import deliver_due
from outbox.suppressions import address_hash
from tests import factories

BY_DAY = datetime(2027, 3, 3, 11, tzinfo=UTC)  # a Wednesday
WORDS = [{"kind": "text", "text": "Hello {first_name|there}, come and see us on Thursday."}]


def editor(council: Council, name: str = "Ed") -> Access:
    found = User.objects.filter(email=f"{name.lower()}@example.org").first()
    return access_of(found or factories.user(name, council, Role.CAMPAIGN_EDITOR))


def subscriber(council: Council, address: str, name: str = "Sam", purpose: Purpose = Purpose.NEWS) -> Subscriber:
    with as_council(council):
        made = Subscriber.objects.create(
            council=council,
            state=SubscriberState.ACTIVE,
            address=address,
            address_hash=address_hash(address),
            first_name=name,
            origin=Origin.SITE,
            confirmed_at=hub_now(),
        )
        Agreement.objects.create(
            council=council,
            subscriber=made,
            purpose=purpose,
            channel=By.EMAIL,
            origin=Origin.SITE,
            given_at=hub_now(),
        )
    return made


def draft(council: Council, by: Access, name: str = "Spring", **given: Any) -> Mailing:
    Look.objects.update_or_create(council=council, defaults={"postal_address": "1 Example Street, Maidstone ME14 1XX"})
    with as_council(council):
        campaign = Campaign.objects.create(council=council, name=name, starts_on=hub_now().date(), created_by=by.user)
        fields: dict[str, Any] = {"subject": "An evening for you", "blocks": WORDS, "created_by": by.user}
        return Mailing.objects.create(council=council, campaign=campaign, name=name, **fields | given)


def running(council: Council, many: int = 3, *people: Subscriber, **given: Any) -> Mailing:
    """As it stands once it was started: fixed for `many` new subscribers, and for these."""
    by = editor(council)
    all_of_them = [*people, *(subscriber(council, f"p{number}@d{number % 5}.example.org") for number in range(many))]
    now = hub_now()
    fields: dict[str, Any] = {"state": MailingState.RUNNING, "fixed": len(all_of_them), "fixed_at": now}
    mailing = draft(council, by, **fields | {"started_at": now, "prepared_by": by.user} | given)
    with as_council(council):
        Recipient.objects.bulk_create(
            Recipient(
                council=council,
                mailing=mailing,
                address_hash=each.address_hash,
                source_id=each.council_id,
                subscriber_key=each.pk,
            )
            for each in all_of_them
        )
    return mailing


def expanded(mailing: Mailing) -> int:
    return expand(mailing.council_id, mailing.pk) or 0


def all_sent(mailing: Mailing) -> int:
    """Written and sent until nothing is left."""
    tried = 0
    while expanded(mailing):
        tried += deliver_due()
    return tried


def fresh(mailing: Mailing) -> Mailing:
    with as_council(mailing.council_id):
        return Mailing.objects.select_related("council").get(pk=mailing.pk)


def recipients(mailing: Mailing) -> list[tuple[str, str]]:
    with as_council(mailing.council_id):
        found = Recipient.objects.filter(mailing=mailing.pk).order_by("state", "reason")
        return list(found.values_list("state", "reason"))


def messages(mailing: Mailing) -> list[Message]:
    with as_council(mailing.council_id):
        return list(Message.objects.filter(subject_id=mailing.pk).order_by("to_address"))


def everywhere() -> Any:
    return across(Council.objects.values_list("pk", flat=True), reason="look")
