"""Work for a person (a *task* is Celery's)."""

from typing import ClassVar

from django.db import models

from councils.clock import HubNow
from councils.holdings import Personal, nothing_personal
from councils.tenancy.models import CouncilOwned


class ToDoKind(models.TextChoices):
    NOBODY_HERE = "nobody_here", "A council with no active officer has a new enquiry"
    UNSEEN = "unseen", "Nobody has looked at a new enquiry"
    CALL = "call", "We cannot write to them: call"
    RING_INSTEAD = "ring_instead", "Email does not work: ring"
    MAIL_FAILED = "mail_failed", "A message could not be sent"
    SENT_AGAIN = "sent_again", "Somebody sent their form again with other answers"
    PROMISE_MISSED = "promise_missed", "A promise was missed"
    DUE_SOON = "due_soon", "A promise runs out soon"
    OWNER_AWAY = "owner_away", "The owner of a case is away"
    REPLIED = "replied", "They replied: read it"
    CAME_DIRECT = "came_direct", "Somebody wrote to the council: is it an enquiry?"
    STILL_INTERESTED = "still_interested", "They are still interested: get in touch"
    NO_LONGER_INTERESTED = "no_longer_interested", "They no longer want to go on"
    CHANGED_DETAILS = "changed_details", "They changed how to reach them"
    ASKED_TO_STOP = "asked_to_stop", "They asked us to stop writing"
    ASKED_ERASURE = "asked_erasure", "They asked us to delete what we hold on them: decide"
    WAKE_UP = "wake_up", "They asked to be contacted again now"
    NO_ANSWER = "no_answer", "No answer to “are you still interested?”: ring or close"
    HANDOVER_OFFERED = "handover_offered", "Another council asks you to take an enquiry"
    HANDOVER_REFUSED = "handover_refused", "The other council did not take an enquiry: it is still yours"
    HANDOVER_STUCK = "handover_stuck", "Councils do not agree who answers an enquiry: decide"
    CHECK_COUNCIL = "check_council", "The right council is in doubt"
    MAYBE_DUPLICATE = "maybe_duplicate", "Perhaps the same people as another enquiry"
    SAME_HOUSEHOLD = "same_household", "Perhaps one household in two councils"
    RECORDS_DUE = "records_due", "Another service’s records should have come"
    TEMPLATE_FAILED = "template_failed", "A council’s own wording could not be used"
    SENDING_STOPPED = "sending_stopped", "Messages are not leaving: tell the operator"


class ToDoQuerySet(models.QuerySet["ToDo"]):
    def open(self) -> "ToDoQuerySet":
        return self.filter(done_at=None)


class ToDo(CouncilOwned):
    personal: ClassVar[Personal] = nothing_personal("subject_kind", by=("subject_id",))

    kind = models.CharField(max_length=24, choices=ToDoKind)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    about_council = models.ForeignKey("councils.Council", on_delete=models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey("councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    due_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=HubNow())
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("councils.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta(CouncilOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["council", "kind", "subject_id"], condition=models.Q(done_at=None), name="councils_todo_once"
            )
        ]
        indexes = [
            models.Index(fields=["council", "due_at"], condition=models.Q(done_at=None), name="councils_todo_open"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
