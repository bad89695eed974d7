"""The public pages of this room."""

from campaigns.came.urls import PUBLIC as CAME
from campaigns.gatherings.urls import PUBLIC as GATHERINGS
from campaigns.news.urls import PUBLIC as NEWS

app_name = "campaigns"
urlpatterns = [*GATHERINGS, *NEWS, *CAME]
