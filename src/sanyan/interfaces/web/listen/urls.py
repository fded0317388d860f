from __future__ import annotations

from django.urls import path

from sanyan.interfaces.web.listen import searching

app_name = "listen"
urlpatterns = [
    path("", searching.search, name="search"),
    path("passages/<int:passage_id>/", searching.passage, name="passage"),
    path("unread/", searching.unread, name="unread"),
]
