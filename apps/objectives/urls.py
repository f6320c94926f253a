"""Addresses of the app."""

from django.urls import path

from apps.objectives.views import key_results, objectives

app_name = "objectives"
urlpatterns = [
    path("plans/<slug:plan_key>/objectives/", objectives.objective_list, name="objective_list"),
    path(
        "plans/<slug:plan_key>/objectives/<slug:key>/",
        objectives.objective_detail,
        name="objective_detail",
    ),
    path(
        "plans/<slug:plan_key>/key-results/<slug:key>/",
        key_results.key_result_detail,
        name="key_result_detail",
    ),
    path(
        "plans/<slug:plan_key>/targets/<str:key>/",
        key_results.target_detail,
        name="target_detail",
    ),
]
