"""Staff's pages of figures. Each set of pages says its own addresses."""

from collections.abc import Iterable
from typing import cast

from django.contrib import admin
from django.urls import URLPattern, path

from dashboards.models import Cell
from dashboards.outcomes.first_page import to_confirm
from dashboards.pages import staff_urls as pages
from staff.frame import StaffPages
from staff.site import StaffSite


@admin.register(Cell)
class FigurePages(StaffPages):
    addresses: Iterable[pages.Address] = pages.ADDRESSES

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [path(at, wrap(view), name=f"dashboards_cell_{name}") for at, view, name in self.addresses]


cast("StaffSite", admin.site).summarise(to_confirm)
