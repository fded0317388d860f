from __future__ import annotations

from django.urls import path

from sanyan.interfaces.web.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read-all"),
    path("settings/", views.settings, name="settings"),
    path("deliveries/", views.deliveries, name="deliveries"),
    path("<int:notification_id>/", views.follow, name="follow"),
    path("<int:notification_id>/read/", views.read, name="read"),
]
