from __future__ import annotations

from django.urls import path

from sanyan.interfaces.web.frameworks import changes, views

app_name = "frameworks"
urlpatterns = [
    path("", views.framework_list, name="list"),
    path("upload/", changes.upload, name="upload"),
    path("version/<int:version_id>/", views.version, name="version"),
    path("version/<int:version_id>/framework.xlsx", views.workbook, name="workbook"),
    path("version/<int:version_id>/framework.yaml", views.yaml, name="yaml"),
    path("<str:code>/differences/", views.differences, name="differences"),
    path("<str:code>/publish/", changes.publish, name="publish"),
]
