from __future__ import annotations

from django.urls import path

from sanyan.interfaces.web.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.summary, name="summary"),
    path("summary.docx", views.summary_word, name="word"),
]
