from __future__ import annotations

from django.urls import path

from sanyan.interfaces.web.cases import editing, nominating, selecting, views

app_name = "cases"
urlpatterns = [
    path("", views.library, name="library"),
    path("candidates/", views.candidates, name="candidates"),
    path("new/", nominating.nominate, name="nominate"),
    path("<int:case_id>/", views.case, name="case"),
    path("<int:case_id>/edit/", editing.edit, name="edit"),
    path("<int:case_id>/tell/", nominating.tell, name="tell"),
    path("selections/", selecting.selections, name="selections"),
    path("selections/<int:selection_id>/", selecting.selection, name="selection"),
    path("selections/<int:selection_id>/<int:entry_id>/", selecting.entry, name="entry"),
]
