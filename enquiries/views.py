"""The public form. No council is in scope here: pages read shared tables and the visitor's own sealed answers, and
one action writes the enquiry."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import select_template
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.clock import hub_now
from councils.context import hub_of
from councils.models import Council
from councils.rate_limits import Limit, exceeded, network_of
from enquiries import actions, drafts, forms, summary
from enquiries.coming import came_in, onward
from enquiries.contact_details import likely_email
from enquiries.drafts import Progress, Sent
from enquiries.forms.reason import RIGHT_DOORS, Reason
from enquiries.journey import Step, Walk, kept, step_called
from enquiries.privacy import CURRENT
from enquiries.states import Channel

require_get_or_post = require_http_methods(["GET", "HEAD", "POST"])
View = Callable[..., HttpResponse]
TEN_MINUTES = 600
INVALID = 422  # a page that asks again is no success, also for whoever reads only the status


def of_one_visitor(view: View) -> View:
    """Counts what is sent, and keeps every page out of shared caches and the browser's own."""

    @wraps(view)
    def limited(request: HttpRequest, **arguments: str) -> HttpResponse:
        refused = request.method == "POST" and sends_too_much(request)
        response = too_many(request) if refused else view(request, **arguments)
        add_never_cache_headers(response)
        return response

    return limited


def sends_too_much(request: HttpRequest) -> bool:
    """By form and by network: a council's or a school's whole building is one network."""
    network, token = network_of(request), drafts.token_of(request)
    if exceeded(Limit("posts", settings.POSTS_PER_NETWORK, TEN_MINUTES), network):
        return True
    if token is None:
        return exceeded(Limit("forms", settings.FORMS_PER_NETWORK, TEN_MINUTES), network)
    return exceeded(Limit("form", settings.POSTS_PER_FORM, TEN_MINUTES), drafts.name_of(token))


def too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(TEN_MINUTES)
    return response


def walk_of(request: HttpRequest) -> Walk:
    token = drafts.token_of(request)
    return Walk(hub_of(request), (drafts.read(token) if token else None) or Progress())


@require_safe
@of_one_visitor
def start(request: HttpRequest) -> HttpResponse:
    return redirect(onward(request, next_url(walk_of(request))))


def next_url(walk: Walk) -> str:
    missing = walk.first_missing()
    return missing.url if missing else reverse("enquire:check")


@require_get_or_post
@of_one_visitor
def question(request: HttpRequest, name: str) -> HttpResponse:
    step, walk = step_called(name), walk_of(request)
    opens_new = walk.progress.sent is not None and request.POST.get("start") == "new"
    if opens_new:  # the home page's box, after a form was sent: this may be somebody else
        walk = Walk(walk.hub, Progress())
    if missing := walk.first_missing(before=step):
        return redirect(onward(request, missing.url))
    if not step.needed(walk):
        return redirect(next_url(walk))
    if request.method != "POST":
        return show(request, walk, step, walk.form(step))
    form = walk.form(step, request.POST)
    if not form.is_valid():
        return show(request, walk, step, form, status=INVALID)
    if out := form.way_out():
        return leave(request, out)
    # Without answers in progress the token's form may have been sent by somebody else at this computer.
    return keep(request, step, form, token=drafts.token_of(request) if walk.progress.started_at else None)


def show(request: HttpRequest, walk: Walk, step: Step, form: forms.StepForm, *, status: int = 200) -> HttpResponse:
    before = walk.page_before(step)
    values = {
        "form": form,
        "page_title": step.title,
        "heading": step.title if step.has_heading else "",
        "place": walk.place,
        "back": before.url if before else onward(request, reverse("pages:home")),
    }
    page = select_template([f"enquire/{step.name}.html", "components/question_page.html"])
    return HttpResponse(page.render(values, request), status=status)


def leave(request: HttpRequest, out: forms.WayOut) -> HttpResponse:
    response = redirect(out.url)
    token = drafts.token_of(request)
    if out.forgets and token:
        drafts.erase(token)
        drafts.take_back(response)
    return response


def keep(request: HttpRequest, step: Step, form: forms.StepForm, *, token: str | None) -> HttpResponse:
    token = token or drafts.new_token()
    with drafts.changed(token) as progress:
        kept(progress, step, form.typed())
        progress.note(came_in(request))
    response = redirect(next_url(Walk(hub_of(request), progress)))
    drafts.hand_out(response, token)
    return response


@require_get_or_post
@of_one_visitor
def check(request: HttpRequest) -> HttpResponse:
    walk, token = walk_of(request), drafts.token_of(request)
    if token is None or walk.first_missing():
        return redirect(next_url(walk))
    if request.method != "POST":
        return show_check(request, walk)
    if "use_email" in request.POST:
        return use_likely_email(token, walk)
    if request.POST.get("notice") != CURRENT:
        return show_check(request, walk, new_notice=True)
    return send(walk, token)


def show_check(request: HttpRequest, walk: Walk, *, new_notice: bool = False) -> HttpResponse:
    """The page names the version of the privacy notice that it shows, so that exactly that one is stored."""
    answers = walk.answers(hub_now(), notice_version=CURRENT)
    before = walk.page_before(None)
    values = {
        "rows": list(summary.rows(walk, answers)),
        "likely_email": likely_email(answers.email) if answers.email else None,
        "email": answers.email,
        "council": walk.place.council,
        "notice": CURRENT,
        "new_notice": new_notice,
        "back": before.url if before else reverse("pages:home"),
    }
    return render(request, "enquire/check.html", values, status=INVALID if new_notice else 200)


def use_likely_email(token: str, walk: Walk) -> HttpResponse:
    if meant := likely_email(walk.known.email):
        with drafts.changed(token) as progress:
            progress.pages["details"]["email"] = [meant]
    return redirect("enquire:check")


def send(walk: Walk, token: str) -> HttpResponse:
    answers = walk.answers(hub_now(), notice_version=CURRENT)
    receipt = actions.submit(answers, token=token, channel=Channel.WEB, came=walk.progress.came, by=None)
    with drafts.changed(token) as progress:
        progress.sent = Sent(
            reference=receipt.reference,
            council_id=receipt.council_id,
            promise=receipt.promise.sentence,
            emailed=receipt.emailed,
            second=receipt.second_submission or bool(receipt.repeated and progress.sent and progress.sent.second),
            prepared=bool(progress.sent and progress.sent.prepared),
        )
    return redirect("enquire:sent")


@require_safe
@of_one_visitor
def sent(request: HttpRequest) -> HttpResponse:
    walk = walk_of(request)
    told = walk.progress.sent
    if told is None:
        return redirect(next_url(walk) if walk.progress.pages else reverse("pages:home"))
    council = Council.objects.select_related("hub").get(pk=told.council_id)
    return render(request, "enquire/sent.html", {"sent": told, "council": council, "email": walk.known.email})


@require_get_or_post
@of_one_visitor
def prepare(request: HttpRequest) -> HttpResponse:
    walk, token = walk_of(request), drafts.token_of(request)
    if walk.progress.sent is None or token is None:
        return redirect("enquire:sent")
    typed = walk.progress.pages.get("prepare")
    form = forms.PrepareForm(request.POST if request.method == "POST" else None, known=walk.known, typed=typed)
    if form.is_bound and form.is_valid():
        return add_preparation(token, form)
    values = {"form": form, "page_title": "Help us prepare", "back": reverse("enquire:sent")}
    return render(request, "enquire/prepare.html", values, status=INVALID if form.errors else 200)


def add_preparation(token: str, form: forms.PrepareForm) -> HttpResponse:
    added = actions.prepare(token, form.preparation(), form.wished(), unwished=form.wishes_for_nobody())
    with drafts.changed(token) as progress:
        progress.pages["prepare"] = form.typed()
        if progress.sent and added:
            progress.sent = Sent(**{**vars(progress.sent), "prepared": True})
    return redirect("enquire:sent")


@require_POST
@of_one_visitor
def finish(request: HttpRequest) -> HttpResponse:
    """For a shared computer: nothing of this visitor is left in the browser or in the answers in progress."""
    response = redirect("pages:home")
    if token := drafts.token_of(request):
        drafts.erase(token)
        drafts.take_back(response)
    return response


@require_safe
@of_one_visitor
def right_door(request: HttpRequest, door: str) -> HttpResponse:
    if door not in RIGHT_DOORS:
        raise Http404
    walk = walk_of(request)
    values = {"council": walk.place.home, "back": reverse("enquire:reason"), "adoption": door == Reason.ADOPTION}
    return render(request, f"enquire/right_door_{door}.html", values)


@require_safe
@of_one_visitor
def your_council(request: HttpRequest, slug: str) -> HttpResponse:
    council = get_object_or_404(Council.objects.fostering().filter(hub=hub_of(request)), slug=slug)
    return render(request, "enquire/your_council.html", {"council": council})
