from dashboards.shown import views

ADDRESSES = (("days/", views.days, "days"), ("names/", views.names, "names"))
