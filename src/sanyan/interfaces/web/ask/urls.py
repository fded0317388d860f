from __future__ import annotations

from django.urls import path

from sanyan.interfaces.web.ask import views

app_name = "ask"
urlpatterns = [path("", views.ask, name="ask")]
