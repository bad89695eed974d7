"""The page on which somebody says that they have a concern: first whom to ring, then what to write."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ambassadors.actions.concerns import Source, raise_concern
from ambassadors.concerns.form import ConcernForm
from ambassadors.concerns.sources import Conversation
from ambassadors.schemes import scheme_of
from councils.models import Council, User
from enquiries.views import INVALID

TITLE = "I have a concern"


@dataclass(frozen=True)
class Ring:
    """Whom to ring now. `out_of_hours` is empty where nobody has told us the number."""

    council: Council
    out_of_hours: str


def ring(council: int) -> Ring:
    named = Council.objects.select_related("hub").get(pk=council)
    return Ring(named, scheme_of(named).out_of_hours_phone)


@dataclass(frozen=True)
class Around:
    """`back` is where the page was opened from, `sent` the address that it leads to afterwards."""

    template: str
    back: str
    sent: str
    more: dict[str, object] = field(default_factory=dict)


def concern_page(
    request: HttpRequest, conversations: Sequence[Conversation], around: Around, *, by: User | None = None
) -> HttpResponse:
    """At least one conversation, all of one person's."""
    sent = request.POST if request.method == "POST" else None
    form = ConcernForm(sent, which=[(each.key, each.label) for each in conversations])
    if form.is_bound and form.is_valid():
        raise_concern(_chosen(conversations, form), form.said(), key=form.own_key, by=by)
        return redirect(around.sent)
    sources = [each.source for each in conversations]
    shown = {
        "form": form,
        "ring": ring(sources[0].council),
        "readers": readers(sources),
        "back": around.back,
        "page_title": TITLE,
        "heading": TITLE,
        "submit_text": "Send",
    }
    return render(request, around.template, shown | around.more, status=INVALID if form.errors else 200)


def _chosen(conversations: Sequence[Conversation], form: ConcernForm) -> Source:
    wanted = form.cleaned_data.get("which", conversations[0].key)
    return next(each.source for each in conversations if each.key == wanted)


def readers(sources: Sequence[Source]) -> list[str]:
    councils = frozenset[int]().union(*(source.councils for source in sources))
    return list(Council.objects.filter(pk__in=councils).order_by("name").values_list("name", flat=True))
