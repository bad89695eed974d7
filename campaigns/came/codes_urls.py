"""Addresses of staff's pages about codes."""

from campaigns.came import codes_views as views

CODES = (
    ("<uuid:campaign_id>/codes/", views.codes, "codes"),
    ("code/<int:code_id>/", views.code, "code"),
    ("code/<int:code_id>/svg/", views.as_svg, "code_svg"),
    ("code/<int:code_id>/png/", views.as_png, "code_png"),
    ("code/<int:code_id>/end/", views.end, "code_end"),
)
