from __future__ import annotations

from django.urls import path

from sanyan.interfaces.web.comparison import views as comparison
from sanyan.interfaces.web.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.indicator_list, name="list"),
    path("<str:code>/", views.indicator, name="indicator"),
    path("<str:code>/compare/", comparison.compare, name="compare"),
]
