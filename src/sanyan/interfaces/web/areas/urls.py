from __future__ import annotations

from django.urls import path

from sanyan.interfaces.web.areas import views

app_name = "areas"
urlpatterns = [
    path("", views.area_list, name="list"),
    path("<int:organisation_id>/", views.area, name="area"),
]
