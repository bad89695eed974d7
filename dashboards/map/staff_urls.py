from dashboards.map import views

ADDRESSES = (("map/", views.region_map, "map"),)
