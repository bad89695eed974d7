"""Figures: staff's pages. Each part of dashboards adds its own here."""

from councils.roles import Permission
from lafse.isolation.rows import Audience, Expected

READERS = Audience.FIGURE_READERS

PAGES: dict[str, Expected] = {
    # To the region for whoever sees it; others are led to their own council.
    "admin:dashboards_cell_changelist": Expected(READERS, 302),
    **{
        f"admin:dashboards_cell_council{page}": Expected(READERS, 200, about=("slug", "council_slug"))
        for page in ("", "_funnel", "_promise", "_sources", "_ambassadors")
    },
}
REGION = {
    f"admin:dashboards_cell_{page}": Expected(Audience.REGION_READERS, 200)
    for page in ("region", "councils", "funnel", "promise", "sources", "ambassadors")
}

COUNCIL = ("slug", "council_slug")
# Of initial enquiries, where no figure is named. To whoever sees the cases of a council, and of every council of a hub:
# that is who may join households across them.
BEHIND = {
    "admin:dashboards_cell_behind": Expected(Audience.JOINERS, 200),
    "admin:dashboards_cell_council_behind": Expected(Audience.CASEWORKERS, 200, about=COUNCIL),
}
WHAT_FOR = {"year": "2026", "purpose": "return", "words": "For the return"}
EXPORTS: dict[str, Expected] = {
    "admin:dashboards_cell_numbers": Expected(Audience.REGION_READERS, 200),
    "admin:dashboards_cell_year_file": Expected(Audience.REGION_READERS, 200),
    "admin:dashboards_cell_council_numbers": Expected(READERS, 200, about=COUNCIL),
    "admin:dashboards_cell_council_year_file": Expected(READERS, 200, about=COUNCIL),
    "admin:dashboards_cell_households": Expected(Audience.FILE_TAKERS, 200, 200, sends=WHAT_FOR),
}

SHOWN: dict[str, Expected] = {
    "admin:dashboards_cell_map": Expected(Audience.REGION_READERS, 200),
    "admin:dashboards_cell_days": Expected(Audience.REGION_READERS, 200, 422),
    "admin:dashboards_cell_names": Expected(Audience.REGION_READERS, 200, 302, needs=Permission.CHANGE_SETTINGS),
    "admin:dashboards_cell_reports": Expected(Audience.REGION_READERS, 200, 422, needs=Permission.SEND_FIGURES),
}

OUTCOMES: dict[str, Expected] = {
    "admin:dashboards_cell_outcomes": Expected(Audience.OUTCOME_TELLERS, 200, 422, about=COUNCIL),
    "admin:dashboards_cell_confirm": Expected(Audience.OUTCOME_TELLERS, 200, 302, about=COUNCIL),
}

RELEASES: dict[str, Expected] = {
    "admin:dashboards_cell_releases": Expected(READERS, 200, 422, needs=Permission.SEE_FIGURES),
    # None is made there: a worker does that, outside any request.
    "admin:dashboards_cell_release": Expected(READERS, 404, values={"code": "release"}),
}

FIGURES = PAGES | REGION | BEHIND | EXPORTS | SHOWN | OUTCOMES | RELEASES
