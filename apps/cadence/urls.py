"""Addresses of the app."""

from django.urls import path

from apps.cadence.views import discipline, link, week

app_name = "cadence"
urlpatterns = [
    path("check-in/<str:token>/", link.link_form, name="link_form"),
    path("plans/<slug:plan_key>/discipline/", discipline.discipline, name="discipline"),
    path(
        "plans/<slug:plan_key>/discipline/summary/",
        discipline.discipline_summary,
        name="discipline_summary",
    ),
    path("plans/<slug:plan_key>/week/", week.week, name="week"),
    path("plans/<slug:plan_key>/week/<slug:row_key>/", week.row, name="week_row"),
    path("plans/<slug:plan_key>/week/<slug:row_key>/preview/", week.preview, name="week_preview"),
]
