"""Sendings of a form, kept as they came. One that joined a case which stood already was answered with a reference of
its own: `given` keeps which, by the form's door, so that the same form sent again is answered alike."""

from dataclasses import asdict
from typing import Any

from django.db.models import Max

from councils.models import Door
from enquiries.answers import Answers, Preparation, mapping
from enquiries.consents import Consent, newest, shown_with
from enquiries.merged import with_merged
from enquiries.models import Enquiry, Submission
from enquiries.states import Channel

GIVEN, PREPARED = "given", "prepared"  # beside the answers: no form has questions of these names


def submission_from(enquiry: Enquiry, answers: Answers, number: int, channel: Channel) -> Submission:
    return Submission.objects.create(
        council_id=enquiry.council_id,
        enquiry=enquiry,
        number=number,
        channel=channel,
        answers=answers.to_json(),
        digest=answers.digest(),
        notice_version=answers.notice_version,
        consents=shown_with(answers, channel),
    )


def one_more(enquiry: Enquiry, answers: Answers, channel: Channel) -> Submission:
    """The case is locked, so the number is free."""
    sent = enquiry.submissions.filter(council=enquiry.council_id)
    return submission_from(enquiry, answers, (sent.aggregate(last=Max("number"))["last"] or 0) + 1, channel)


def stands_already(enquiry: Enquiry, answers: Answers) -> Submission | None:
    return enquiry.submissions.filter(council=enquiry.council_id, digest=answers.digest()).first()


def note_given(sending: Submission, door: Door, reference: str) -> None:
    given = mapping(sending.answers.get(GIVEN)) | {str(door.pk): reference}
    _add(sending, **{GIVEN: given})


def sending_of(enquiry: Enquiry, door: Door) -> Submission | None:
    """The one by which the form of this door joined the case, or one that was merged into it; None where it began
    one."""
    sendings = Submission.objects.filter(council=enquiry.council_id, enquiry__in=with_merged(enquiry))
    return next((each for each in sendings if str(door.pk) in mapping(each.answers.get(GIVEN))), None)


def reference_given(enquiry: Enquiry, door: Door) -> str:
    """The empty string where the form that this door belongs to did not join the case, but began it."""
    sending = sending_of(enquiry, door)
    return str(mapping(sending.answers[GIVEN])[str(door.pk)]) if sending else ""


def address_joined(enquiry: Enquiry, door: Door) -> str:
    """Of the case that the form joined, which may have been merged into another since."""
    sending = sending_of(enquiry, door)
    return sending.enquiry.email.casefold() if sending else ""


def take_reference_back(enquiry: Enquiry, door: Door) -> str:
    """For an enquiry of its own. What was sent stays where it was read."""
    reference, sending = reference_given(enquiry, door), sending_of(enquiry, door)
    if sending:
        _add(sending, **{GIVEN: {key: each for key, each in sending.answers[GIVEN].items() if key != str(door.pk)}})
    enquiry.earlier_references = [each for each in enquiry.earlier_references if each != reference]
    enquiry.save(update_fields=["earlier_references"])
    return reference


def prepare_beside(enquiry: Enquiry, door: Door, preparation: Preparation) -> None:
    """What somebody adds to a form that did not begin the case changes nothing that stands: a person sees both."""
    sendings = list(enquiry.submissions.filter(council=enquiry.council_id).order_by("number"))
    sending = sending_of(enquiry, door) or next(reversed(sendings), None)
    if sending:
        _add(sending, **{PREPARED: asdict(preparation)})


def note_agreed(enquiry: Enquiry, door: Door, consent: Consent) -> None:
    """To what was asked after the form was sent, in the words of now."""
    sending = sending_of(enquiry, door) or enquiry.submissions.filter(council=enquiry.council_id, number=1).first()
    if sending:
        sending.consents = sending.consents | {consent.value: newest(consent)}
        sending.save(update_fields=["consents"])


def prepared_beside(sending: Submission) -> dict[str, object]:
    return mapping(sending.answers.get(PREPARED))


def _add(sending: Submission, **beside: Any) -> None:
    sending.answers = sending.answers | beside
    sending.save(update_fields=["answers"])
