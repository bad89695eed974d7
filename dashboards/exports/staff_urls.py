"""Addresses of numbers that leave: what follows /staff/dashboards/cell/, the view, and the end of the name."""

from dashboards.exports import households_views, views

ADDRESSES = (
    ("numbers/", views.of_region, "numbers"),
    ("numbers/year/", views.year_of_region, "year_file"),
    ("council/<slug:slug>/numbers/", views.of_council, "council_numbers"),
    ("council/<slug:slug>/numbers/year/", views.year_of_council, "council_year_file"),
    ("households/", households_views.households, "households"),
)
