"""A list of people who agreed elsewhere: tried first, then brought in. What was read travels through the page, signed;
it is kept nowhere until somebody says yes to it. Pasted: nothing is uploaded over the web. A file comes in by
`manage.py import_subscribers`."""

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from campaigns.actions.importing_lists import bring_in, sort_out
from campaigns.came.reach import councils_edited
from campaigns.news.lists import Brought, read, unpacked
from campaigns.news.staff_forms import ListForm, TermsForm
from councils.access import StaffRequest
from councils.clock import hub_now
from councils.models import Council
from councils.refusals import Refused
from councils.working_time import in_london
from enquiries.casework_views import frame
from enquiries.imports.sheets import BadFile

_SALT = "campaigns.news.list"
_GOOD_FOR = 3600  # seconds
LIST = "admin:campaigns_subscriber_changelist"


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: StaffRequest, slug: str) -> HttpResponse:
    council = get_object_or_404(Council, pk__in=councils_edited(request), slug=slug)
    if request.method != "POST":
        return _page(request, council, ListForm())
    if "tried" in request.POST:
        return _bring_in(request, council)
    return _try(request, council)


def _try(request: StaffRequest, council: Council) -> HttpResponse:
    form = ListForm(request.POST)
    if not form.is_valid():
        return _page(request, council, form, status=422)
    told, today = form.cleaned_data, in_london(hub_now()).date()
    try:
        brought = read(told["rows"].encode(), filename=told["called"], today=today)
    except BadFile as problem:
        return _page(request, council, form, Refused(str(problem)))
    return _tried(request, council, brought, form)


def _bring_in(request: StaffRequest, council: Council) -> HttpResponse:
    """The rows are looked at once more: somebody may have said no since."""
    form = TermsForm(request.POST)
    try:
        packed = signing.loads(request.POST["tried"], salt=_salt(request, council), max_age=_GOOD_FOR)
        listed = bring_in(unpacked(packed), council, form.terms(), by=request.access)
    except signing.BadSignature:
        return _page(request, council, ListForm(), Refused("It is too long since you tried it. Paste the rows again."))
    except Refused as refusal:
        return _page(request, council, ListForm(request.POST), refusal)
    messages.success(request, f"Brought in: {listed.taken} of {listed.rows} rows. Nothing was sent to anybody.")
    return redirect(LIST)


def _salt(request: StaffRequest, council: Council) -> str:
    """Nobody brings in what somebody else tried, nor elsewhere."""
    return f"{_SALT}:{council.pk}:{request.user.pk}"


def _tried(request: StaffRequest, council: Council, brought: Brought, form: ListForm) -> HttpResponse:
    found = sort_out(brought, council)
    values = {
        "council": council,
        "brought": brought,
        "found": found,
        "bad": brought.bad,
        "form": form,
        "tried": signing.dumps(brought.packed(), salt=_salt(request, council), compress=True),
    }
    return render(request, "staff/news/tried.html", frame(request, "Bring in this list?") | values)


def _page(
    request: StaffRequest, council: Council, form: ListForm, refusal: Refused | None = None, *, status: int = 409
) -> HttpResponse:
    values = {"council": council, "form": form, "refusal": refusal}
    context = frame(request, "Bring in a list") | values
    return render(request, "staff/news/bring.html", context, status=status if refusal or form.errors else 200)
