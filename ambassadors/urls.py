"""An ambassador's own pages. The enquirer's are in enquirer_urls, staff's in admin."""

from django.urls import URLPattern

app_name = "ambassadors"
urlpatterns: list[URLPattern] = []
