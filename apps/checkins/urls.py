"""Addresses of the app."""

from django.urls import path

from apps.checkins.views import discipline

app_name = "checkins"
urlpatterns = [
    path("plans/<slug:plan_key>/discipline/", discipline.discipline, name="discipline"),
    path(
        "plans/<slug:plan_key>/discipline/summary/",
        discipline.discipline_summary,
        name="discipline_summary",
    ),
]
