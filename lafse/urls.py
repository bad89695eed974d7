from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from lafse.browsers import favicon, robots
from lafse.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
    path("staff/account/", include("staff.account_urls")),
    path("staff/", admin.site.urls),
    path("enquire/", include("enquiries.urls")),
    path("hooks/", include("outbox.hook_urls")),
    path("hooks/", include("enquiries.incoming_urls")),
    path("ambassadors/", include("ambassadors.urls")),
    path("", include("ambassadors.enquirer_urls")),
    path("", include("campaigns.urls")),
    path("", include("enquiries.status_urls")),
    path("", include("enquiries.page_urls")),
]
if settings.DEV_MAILBOX:
    urlpatterns += [path("mailbox/", include("outbox.mailbox_urls"))]

handler403 = "lafse.errors.forbidden"
handler404 = "lafse.errors.not_found"
