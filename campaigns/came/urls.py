"""Addresses on the public site. A short one is typed from posters: in capitals, or without the stroke at its end."""

from django.urls import URLPattern, path, re_path

from campaigns.came import going

PUBLIC: list[URLPattern] = [
    re_path(r"^[Gg][Oo]/(?P<code>[^/]{1,60})/?$", going.go, name="go"),
    path("c/<str:signed>/", going.follow, name="follow"),
]
