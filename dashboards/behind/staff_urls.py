from dashboards.behind import views

ADDRESSES = (
    ("region/list/", views.of_region, "behind"),
    ("council/<slug:slug>/list/", views.of_council, "council_behind"),
)
