from dashboards.outcomes import confirm_views, list_views

ADDRESSES = (
    ("council/<slug:slug>/outcomes/", list_views.bring, "outcomes"),
    ("council/<slug:slug>/confirm/", confirm_views.confirm_applications, "confirm"),
)
