from django.urls import path

from enquiries import pages

app_name = "pages"

urlpatterns = [
    path("", pages.home, name="home"),
    path("councils/", pages.councils, name="councils"),
    path("councils/<slug:slug>/", pages.council, name="council"),
    path("what-happens-next/", pages.what_happens_next, name="what_happens_next"),
    path("privacy/", pages.privacy, name="privacy"),
    path("privacy/who-is-responsible/", pages.responsible, name="responsible"),
    path("privacy/<slug:version>/", pages.privacy, name="privacy_version"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("cookies/", pages.cookies, name="cookies"),
    path("contact/", pages.contact, name="contact"),
    path("worried-about-a-child/", pages.worried, name="worried"),
    path("worried-about-a-child/<slug:slug>/", pages.worried, name="worried_council"),
]
