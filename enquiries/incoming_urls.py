from django.urls import path

from enquiries import incoming_views

app_name = "incoming"
urlpatterns = [path("mail/", incoming_views.mail, name="mail")]
