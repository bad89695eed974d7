"""Addresses on the public site."""

from django.urls import URLPattern, path

from campaigns.news import views

PUBLIC: list[URLPattern] = [
    path("news/stop/<str:token>/", views.stop, name="news_stop"),
    path("news/choices/<str:token>/", views.choices, name="news_choices"),
]
