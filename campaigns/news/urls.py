"""Addresses on the public site."""

from django.urls import URLPattern, path

from campaigns.news import sign_up_views, views

PUBLIC: list[URLPattern] = [
    path("news/", sign_up_views.sign_up, name="news"),
    path("news/from/<slug:slug>/", sign_up_views.sign_up, name="news_of_council"),
    path("news/on-its-way/", sign_up_views.on_its_way, name="news_on_its_way"),
    path("news/confirm/<str:token>/<slug:wanted>/", sign_up_views.confirm, name="news_confirm"),
    path("news/stop/<str:token>/", views.stop, name="news_stop"),
    path("news/choices/<str:token>/", views.choices, name="news_choices"),
]
