from __future__ import annotations

from django.urls import path

from sanyan.interfaces.web.rounds import opening, progress, uploads, views

app_name = "rounds"
urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("all/", opening.round_list, name="list"),
    path("all/<int:round_id>/<slug:step>/", opening.state, name="state"),
    path("open/", opening.opening, name="open"),
    path("progress/", progress.progress, name="progress"),
    path("progress/<int:round_id>/lock/", progress.lock, name="lock"),
    path("progress/<int:round_id>/batch/", uploads.batch, name="batch"),
    path("submission/<int:submission_id>/", views.submission, name="submission"),
    path("submission/<int:submission_id>/workbook.xlsx", uploads.workbook, name="workbook"),
    path("submission/<int:submission_id>/blank.xlsx", uploads.blank, name="blank"),
    path("submission/<int:submission_id>/upload/", uploads.upload, name="upload"),
    path("submission/<int:submission_id>/<slug:deed>/", views.deed, name="deed"),
    path("upload/<int:import_id>/", uploads.result, name="result"),
]
