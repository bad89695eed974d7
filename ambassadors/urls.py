"""An ambassador's own pages. The enquirer's are in enquirer_urls, staff's in admin."""

from django.urls import path

from ambassadors.concerns import own_views as concerns
from ambassadors.conversations.urls import OF_AMBASSADOR
from ambassadors.log import own_views as log
from ambassadors.mentors import own_views as mentors
from ambassadors.own import entry_views, views

app_name = "ambassadors"
urlpatterns = [
    path("", views.home, name="home"),
    path("log-in/", entry_views.log_in, name="log_in"),
    path("on-its-way/", entry_views.on_its_way, name="on_its_way"),
    path("link/", entry_views.closed, name="closed"),
    path("new-link/", entry_views.new_link, name="new_link"),
    path("log-out/", entry_views.log_out, name="log_out"),
    path("enter/<str:token>/", entry_views.enter, name="enter"),
    path("join/", views.join, name="join"),
    path("profile/", views.profile, name="profile"),
    path("sharing/", views.offering, name="offering"),
    path("availability/", views.availability, name="availability"),
    path("preview/", views.seen_by_others, name="preview"),
    path("break/", views.pause, name="pause"),
    path("back/", views.back, name="back"),
    path("stop/", views.stop, name="stop"),
    path("concern/", concerns.concern, name="concern"),
    path("concern/sent/", concerns.sent, name="concern_sent"),
    path("concern/<uuid:of>/", concerns.concern, name="concern_of"),
    path("concern/<uuid:of>/sent/", concerns.sent, name="concern_sent_of"),
    path("mentoring/", mentors.mentoring, name="mentoring"),
    path("log/", log.log, name="log"),
    path("log/add/", log.add, name="log_add"),
    path("log/add/<uuid:of>/", log.add, name="log_add_of"),
    path("log/<uuid:talk_id>/change/", log.change, name="log_change"),
    path("log/<uuid:talk_id>/take-out/", log.take_back, name="log_take_back"),
    *OF_AMBASSADOR,
]
