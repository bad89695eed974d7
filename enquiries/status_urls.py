from django.urls import path

from enquiries import status_views

app_name = "status"

urlpatterns = [
    path("your-enquiry/<str:token>/", status_views.open_page, name="open"),
    path("stop/<str:token>/", status_views.stop, name="stop"),
]
