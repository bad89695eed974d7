"""The page of a segment: its rules as one form, and how many people they find."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from campaigns.actions.segments import StaleSegment
from campaigns.audiences.choosing import Tally, councils_for, tallies
from campaigns.audiences.forms import SegmentForm
from campaigns.audiences.places import Places
from campaigns.audiences.reasons import ORDER
from campaigns.audiences.rules import read
from campaigns.content.look import look_of
from campaigns.models import Segment
from campaigns.states import Purpose
from councils.access import StaffRequest
from councils.models import Council, CouncilKind
from councils.refusals import Refused
from enquiries.casework_views import frame

_WHOLE_HUB = "None: those of every council of the hub that you run campaigns for."


@dataclass(frozen=True)
class Counted:
    """Beside each other, since people agree to news and to events apart."""

    tallies: dict[Purpose, Tally]

    @property
    def purposes(self) -> list[str]:
        return [purpose.name.title() for purpose in self.tallies]

    @property
    def included(self) -> list[int]:
        return [each.included for each in self.tallies.values()]

    @property
    def found(self) -> int:
        return max(each.found for each in self.tallies.values())

    @property
    def reasons(self) -> Iterator[tuple[str, list[int]]]:
        for reason in ORDER:
            numbers = [each.excluded.get(reason, 0) for each in self.tallies.values()]
            if any(numbers):
                yield str(reason.label), numbers


def segment_page(
    request: StaffRequest,
    owner: Council,
    form: SegmentForm,
    *,
    segment: Segment | None = None,
    refusal: Refused | None = None,
    counts: bool = False,
) -> HttpResponse:
    counted = None
    if counts:
        counted, refusal = _counted(request, owner, form)
    theirs = refusal.now if isinstance(refusal, StaleSegment) else None
    shown = {
        "owner": owner,
        "form": form,
        "segment": segment,
        "refusal": refusal,
        "counted": counted,
        "theirs": theirs,
        "their_rules": _places(form).told(read(theirs.rules)) if theirs else (),
        "version": theirs.version if theirs else form["version"].value() or "",
        "look": look_of(owner),
        "whole": _WHOLE_HUB if owner.kind == CouncilKind.HUB_OFFICE else f"None: the people of {owner.name}.",
    }
    title = segment.name if segment else "A new audience"
    status = 409 if refusal and not counts else 200
    return render(request, "staff/audiences/segment.html", frame(request, title) | shown, status=status)


def count_table(request: StaffRequest, owner: Council, form: SegmentForm) -> HttpResponse:
    counted, refusal = _counted(request, owner, form)
    shown = {"counted": counted, "refusal": refusal, "look": look_of(owner)}
    return render(request, "staff/audiences/count.html", shown)


def _counted(request: StaffRequest, owner: Council, form: SegmentForm) -> tuple[Counted | None, Refused | None]:
    try:
        rules = form.rules_to_count()
    except Refused as refusal:
        return None, refusal
    return Counted(tallies(rules, councils_for(owner, request.access), look_of(owner))), None


def _places(form: SegmentForm) -> Places:
    return Places(councils=form.offered("councils"), areas=form.offered("areas"))
