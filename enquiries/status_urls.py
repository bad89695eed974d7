from django.urls import path

from enquiries import status_link_views, status_views, wish_views
from enquiries.rights import status_views as rights_views

app_name = "status"

urlpatterns = [
    path("your-enquiry/", status_views.page, name="page"),
    path("your-enquiry/contact/", status_views.contact, name="contact"),
    path("your-enquiry/interest/", status_views.interest, name="interest"),
    path("your-enquiry/messages/", status_views.stop_writing, name="stop_writing"),
    path("your-enquiry/talk/", wish_views.own, name="wish"),
    path("your-enquiry/delete/", rights_views.delete, name="delete"),
    path("your-enquiry/leave/", status_views.leave, name="leave"),
    path("your-enquiry/link/", status_link_views.closed, name="closed"),
    path("your-enquiry/new-link/", status_link_views.new_link, name="new_link"),
    path("your-enquiry/lost-link/", status_link_views.lost, name="lost"),
    path("your-enquiry/on-its-way/", status_link_views.on_its_way, name="on_its_way"),
    path("your-enquiry/<str:token>/", status_views.open_page, name="open"),
    path("stop/<str:token>/", status_link_views.stop, name="stop"),
]
