from __future__ import annotations

from django.urls import path

from sanyan.interfaces.web.entry import evidence, views

app_name = "entry"
urlpatterns = [
    path("evidence/<int:file_id>/", evidence.file, name="evidence-file"),
    path("<int:submission_id>/<str:policy>/", views.policy, name="policy"),
    path("<int:submission_id>/<str:policy>/<str:code>/save/", views.save, name="save"),
    path("<int:submission_id>/<str:policy>/<str:code>/evidence/", evidence.add, name="evidence"),
    path("<int:submission_id>/<str:policy>/<str:code>/evidence/remove/", evidence.remove, name="evidence-remove"),
]
