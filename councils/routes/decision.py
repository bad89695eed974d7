"""Which council answers for a postcode, and why.

In this order: one postcode's override; the area that the directory gives, with a question near a border; for a
postcode that the directory does not have, the areas of its sector (SO23 8), then of its district (SO23). What
belongs to no council of the hub is pointed elsewhere. Nothing raises: an odd text gets an answer like any other.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from councils.postcodes import Directory, Placement, district_of, key_of, letters_of, sector_of, written
from councils.postcodes.grammar import LONGEST_TEXT, TERRITORIES, is_forces_number
from councils.routes import reasons
from councils.routes.answer import AskedArea, Outcome, Route, Signpost, nation_of
from councils.routes.snapshot import CouncilRef, Override, View

Areas = tuple[str, ...]  # ONS codes


@dataclass(frozen=True, slots=True)
class Question:
    postcode: str  # as written
    view: View
    directory: Directory

    def answer(
        self,
        outcome: Outcome,
        reason: str,
        *,
        council: CouncilRef | None = None,
        candidates: tuple[CouncilRef, ...] = (),
        asked: Areas = (),
        areas: Areas = (),
        authority: str | None = None,
        signpost: Signpost | None = None,
    ) -> Route:
        """`areas` are those that the postcode may lie in; when there is one, or one authority, the route names it."""
        authorities = {self.view.authority_of(area) for area in areas}
        return Route(
            postcode=self.postcode,
            outcome=outcome,
            reason=reason,
            release=self.directory.release,
            version=self.view.version,
            council=council,
            candidates=candidates,
            asked=tuple(AskedArea.of(code, self.view) for code in asked),
            authority=authority or (authorities.pop() if len(authorities) == 1 else None),
            area=areas[0] if len(areas) == 1 else None,
            signpost=signpost,
        )


def decide(typed: str, view: View, directory: Directory) -> Route:
    key = key_of(typed)
    if key is None:
        return _not_a_postcode(Question(typed, view, directory), typed)
    question = Question(written(key), view, directory)
    if override := view.overrides.get(key):
        return _overridden(question, override)
    placement = directory.find(key)
    return _placed(question, placement) if placement else _new(question, key)


def _not_a_postcode(question: Question, typed: str) -> Route:
    if is_forces_number(typed):
        return question.answer(Outcome.NOT_A_POSTCODE, reasons.forces_number())
    return question.answer(Outcome.NOT_A_POSTCODE, reasons.malformed(typed, LONGEST_TEXT))


def _overridden(question: Question, override: Override) -> Route:
    """A person settled this postcode, so nothing is asked."""
    council = override.council
    reason = reasons.overridden(question.postcode, council, override.reason)
    if council.hub.slug == question.view.hub.slug:
        return question.answer(Outcome.EXACT, reason, council=council, authority=council.authority or None)
    return question.answer(
        Outcome.ELSEWHERE_IN_ENGLAND, reason, authority=council.authority or None, signpost=_signpost_to(council)
    )


def _placed(question: Question, placement: Placement) -> Route:
    postcode, view, area = question.postcode, question.view, placement.area
    own = view.member_for(area)
    if own is None:
        return _outside_hub(question, (area,), reasons.placed(postcode, area, view))
    around = _answering_differently(placement, view)
    if not around:
        return question.answer(Outcome.EXACT, reasons.exact(postcode, area, own, view), council=own, areas=(area,))
    return question.answer(
        Outcome.NEAR_BORDER,
        reasons.near_border(postcode, own, around, view),
        council=own,
        candidates=_members((area, *around), view),
        asked=(area, *placement.near),
        areas=(area,),
    )


def _answering_differently(placement: Placement, view: View) -> Areas:
    """Areas next door that lie in another authority; two districts of one council are no border."""
    if not placement.near:
        return ()
    own = _who_answers(placement.area, view)
    return tuple(area for area in placement.near if _who_answers(area, view) != own)


def _who_answers(area: str, view: View) -> str | None:
    council = view.councils.get(area)
    return council.slug if council else view.authority_of(area)


def _new(question: Question, key: str) -> Route:
    """Not in the directory: built since the release, or mistyped. Its neighbours in the sector say where it lies."""
    for prefix in (sector_of(key), district_of(key)):
        if areas := question.directory.areas_within(prefix):
            return _among(question, prefix, areas)
    # A district that does not exist says no more than its post town: enough to say no, too little to choose.
    town = letters_of(key)
    areas = question.directory.areas_within(town)
    if areas and not _members(areas, question.view):
        return _outside_hub(question, areas, reasons.new_outside(question.postcode, town, areas, question.view))
    if district_of(key) in TERRITORIES or key.startswith("GX"):
        return question.answer(Outcome.OUTSIDE_ENGLAND, reasons.territory(question.postcode))
    return question.answer(Outcome.NEW_POSTCODE, reasons.unknown_district(question.postcode, question.view.hub))


def _among(question: Question, prefix: str, areas: Areas) -> Route:
    candidates = _members(areas, question.view)
    if not candidates:
        return _outside_hub(question, areas, reasons.new_outside(question.postcode, prefix, areas, question.view))
    in_doubt = len({_who_answers(area, question.view) for area in areas}) > 1
    return question.answer(
        Outcome.NEW_POSTCODE,
        reasons.new(question.postcode, prefix, areas, question.view),
        council=candidates[0] if len(candidates) == 1 else None,
        candidates=candidates,
        asked=areas if in_doubt else (),
        areas=areas,
    )


def _members(areas: Iterable[str], view: View) -> tuple[CouncilRef, ...]:
    """Councils of the hub that answer for these areas, each once, in their order."""
    return tuple(dict.fromkeys(council for area in areas if (council := view.member_for(area))))


def _outside_hub(question: Question, areas: Areas, reason: str) -> Route:
    english = tuple(area for area in areas if nation_of(area) == "England")
    if not english:
        # Islands, other nations, and the old postcodes that the directory lists without any area.
        return question.answer(Outcome.OUTSIDE_ENGLAND, reason, areas=areas)
    signpost = _signpost(english, question.view)
    return question.answer(Outcome.ELSEWHERE_IN_ENGLAND, reason, areas=areas, signpost=signpost)


def _signpost(areas: Areas, view: View) -> Signpost:
    """By name only where all the areas have one council; otherwise GOV.UK finds it."""
    if len({_who_answers(area, view) for area in areas}) > 1:
        return Signpost(name="")
    council, area = view.councils.get(areas[0]), view.areas.get(areas[0])
    return _signpost_to(council) if council else Signpost(name=area.authority_name if area else "")


def _signpost_to(council: CouncilRef) -> Signpost:
    hub = council.hub
    return Signpost(council.name, hub.name, council.phone or hub.phone, council.website or hub.website)
