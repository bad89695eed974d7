from dashboards.reports import views

ADDRESSES = (("reports/", views.reports, "reports"),)
