"""Staff's pages of events and campaigns. Each set of pages says its own addresses."""

from collections.abc import Iterable
from typing import cast

from django.contrib import admin
from django.urls import URLPattern, path

from campaigns.audiences import staff_urls as audiences
from campaigns.came import staff_urls as came
from campaigns.content import staff_urls as content
from campaigns.first_page import campaigning
from campaigns.gatherings import staff_urls as gatherings
from campaigns.mailings import staff_urls as mailings
from campaigns.models import Campaign, Gathering, Mailing, Segment, Subscriber
from campaigns.news import staff_urls as news
from staff.frame import StaffPages
from staff.site import StaffSite


class Pages(StaffPages):
    addresses: Iterable[gatherings.Address] = ()

    def get_urls(self) -> list[URLPattern]:
        wrap, named = self.admin_site.admin_view, self.model._meta.model_name
        return [path(at, wrap(view), name=f"campaigns_{named}_{name}") for at, view, name in self.addresses]


@admin.register(Gathering)
class GatheringPages(Pages):
    addresses = gatherings.ADDRESSES


@admin.register(Subscriber)
class SubscriberPages(Pages):
    addresses = news.ADDRESSES


@admin.register(Segment)
class SegmentPages(Pages):
    addresses = audiences.ADDRESSES


@admin.register(Mailing)
class MailingPages(Pages):
    addresses = (*mailings.ADDRESSES, *content.ADDRESSES)


@admin.register(Campaign)
class CampaignPages(Pages):
    addresses = came.ADDRESSES


cast("StaffSite", admin.site).summarise(campaigning)
