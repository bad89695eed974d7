from dashboards.models.cells import Cell, Folded
from dashboards.models.journeys import Journey, ToFold
from dashboards.models.shown import Annotation, Confirmed, Release, Report, Rule

__all__ = ["Annotation", "Cell", "Confirmed", "Folded", "Journey", "Release", "Report", "Rule", "ToFold"]
