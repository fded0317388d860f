from __future__ import annotations

from django.urls import path

from sanyan.interfaces.web.account import views

app_name = "account"
urlpatterns = [path("reader/", views.reader, name="reader")]
