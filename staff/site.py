"""The admin site's frame."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    default_site = "staff.site.StaffSite"


class StaffSite(AdminSite):
    site_header = "Fostering enquiry hub: staff"
    site_title = "Staff"
    index_title = "Your work"
    site_url = "/"
