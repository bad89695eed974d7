from django.urls import path

from enquiries import views
from enquiries.journey import STEPS

app_name = "enquire"

urlpatterns = [
    path("", views.start, name="start"),
    *(path(f"{step.name}/", views.question, {"name": step.name}, name=step.name) for step in STEPS),
    path("check/", views.check, name="check"),
    path("sent/", views.sent, name="sent"),
    path("prepare/", views.prepare, name="prepare"),
    path("finish/", views.finish, name="finish"),
    path("right-door/<slug:door>/", views.right_door, name="right_door"),
    path("your-council/<slug:slug>/", views.your_council, name="your_council"),
]
