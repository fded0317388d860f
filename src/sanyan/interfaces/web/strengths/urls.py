from __future__ import annotations

from django.urls import path

from sanyan.interfaces.web.strengths import views

app_name = "strengths"
urlpatterns = [
    path("", views.strengths, name="strengths"),
    path("how-to-read/", views.how_to_read, name="how"),
]
