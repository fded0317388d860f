from __future__ import annotations

from django.urls import path

from sanyan.interfaces.web.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="list"),
    path("<uuid:job_id>/", views.job, name="job"),
    path("<uuid:job_id>/now/", views.job_now, name="now"),
    path("<uuid:job_id>/cancel/", views.cancel, name="cancel"),
]
