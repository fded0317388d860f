from __future__ import annotations

from django.urls import path

from sanyan.interfaces.web.findings import views

app_name = "findings"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:finding_id>/", views.finding, name="finding"),
]
