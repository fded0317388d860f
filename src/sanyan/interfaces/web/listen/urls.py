from __future__ import annotations

from django.urls import path

from sanyan.interfaces.web.listen import lessons, searching, themes, trends

app_name = "listen"
urlpatterns = [
    path("", searching.search, name="search"),
    path("passages/<int:passage_id>/", searching.passage, name="passage"),
    path("unread/", searching.unread, name="unread"),
    path("themes/", themes.theme_sets, name="themes"),
    path("themes/propose/", themes.propose, name="propose"),
    path("themes/sets/<int:theme_set_id>/", themes.theme_set, name="theme-set"),
    path("themes/sets/<int:theme_set_id>/sign/", themes.sign, name="sign"),
    path("themes/<int:theme_id>/", themes.theme, name="theme"),
    path("themes/<int:theme_id>/change/", themes.change, name="change"),
    path("themes/<int:theme_id>/correct/", themes.correct, name="correct"),
    path("trends/", trends.trends, name="trends"),
    path("lessons/", lessons.lessons, name="lessons"),
]
