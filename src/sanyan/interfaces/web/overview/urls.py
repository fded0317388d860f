from __future__ import annotations

from django.urls import path

from sanyan.interfaces.web.overview import views

app_name = "overview"
urlpatterns = [path("", views.overview, name="overview")]
