from dashboards.disclosure import views

ADDRESSES = (("releases/", views.releases, "releases"), ("releases/<slug:code>/", views.release, "release"))
