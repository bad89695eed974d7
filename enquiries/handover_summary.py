"""What the council that is asked may read before it answers: enough to decide, and nothing that says who it is."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime

from councils.models import Area, Council
from councils.working_time import in_london
from enquiries.arrival import came_at
from enquiries.handover_rules import Trail
from enquiries.models import Enquiry, Handover
from enquiries.promise import day_in_words, hour_in_words
from enquiries.states import Channel, FostersWith, Kind, RouteChoice, State, Way

Fact = tuple[str, str]


def summary_of(case: Enquiry, trail: Trail, *, ping_pong: bool) -> dict[str, object]:
    """The district and the first half of the postcode place somebody; a whole postcode is a dozen houses."""
    area = Area.objects.filter(code=case.area_code).first()
    return {
        "kind": case.kind,
        "fosters_with": case.fosters_with,
        "channel": case.channel,
        "came_at": came_at(case).isoformat(),
        "state": case.state,
        "way": case.way,
        "district": case.postcode.split(" ")[0] if case.area_code else "",
        "area": area.name if area else "",
        "authority": area.authority_name if area else "",
        "route_choice": case.route_choice,
        "promise_due_at": case.promise_due_at.isoformat(),
        "promise_kept": case.promise_kept_at is not None,
        "been": list(trail.been),
        "refused": trail.refused,
        "ping_pong": ping_pong,
    }


@dataclass(frozen=True)
class Summary:
    """For a page: rows of words, and the promise as a moment."""

    facts: list[Fact]
    promise_due_at: datetime | None
    promise_kept: bool


def summary_told(handover: Handover) -> Summary:
    said = handover.summary
    place = ", ".join(dict.fromkeys(part for part in (said.get("area"), said.get("authority")) if part))
    facts = [
        ("Type", _label(Kind, said.get("kind"))),
        ("Fosters with", _label(FostersWith, said.get("fosters_with")) if said.get("fosters_with") else ""),
        ("Lives in", f"{place} ({said['district']})" if place and said.get("district") else place),
        ("How the council was chosen", _label(RouteChoice, said.get("route_choice"))),
        ("Came", _joined(_day(said.get("came_at")), _label(Channel, said.get("channel")).lower())),
        ("Wants to be reached by", _label(Way, said.get("way")).lower()),
        ("Where it stands", _label(State, said.get("state"))),
        ("Promise", _promise(said.get("promise_due_at"), kept=bool(said.get("promise_kept")))),
    ]
    due = parse_datetime(str(said.get("promise_due_at", "")))
    return Summary([fact for fact in facts if fact[1]], due, bool(said.get("promise_kept")))


def _label(choices: type[Kind | FostersWith | RouteChoice | Channel | Way | State], value: object) -> str:
    return str(choices(value).label) if value in choices.values else ""


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _day(moment: object) -> str:
    at = parse_datetime(str(moment or ""))
    return day_in_words(in_london(at).date()) if at else ""


def _promise(moment: object, *, kept: bool) -> str:
    at = parse_datetime(str(moment or ""))
    if kept or at is None:
        return "Kept: somebody has been in touch"
    here = in_london(at)
    return f"Somebody gets in touch by {hour_in_words(here.time())} on {day_in_words(here.date())}"


def home_of(case: Enquiry, councils: list[Council]) -> Council | None:
    """The council of the hub where they live, where that is not the one that answers."""
    found = (
        council for council in councils if council.authority_code and council.authority_code == case.authority_code
    )
    home = next(found, None)
    return home if home and home.pk != case.council_id else None
