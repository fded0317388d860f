from __future__ import annotations

from django.urls import path

from sanyan.interfaces.web.components import views

app_name = "components"
urlpatterns = [
    path("", views.show_all, name="all"),
    path("charts/", views.show_charts, name="charts"),
]
