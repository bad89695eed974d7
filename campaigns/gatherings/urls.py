"""Addresses on the public site."""

from django.urls import URLPattern

PUBLIC: list[URLPattern] = []
