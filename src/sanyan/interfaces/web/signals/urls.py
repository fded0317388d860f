from __future__ import annotations

from django.urls import path

from sanyan.interfaces.web.signals import views

app_name = "signals"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("precision/", views.precision, name="precision"),
    path("<int:signal_id>/", views.signal, name="signal"),
]
