"""Addresses of the app."""

from django.urls import path

from apps.milestones.views import acceptance, milestones, tasks

app_name = "milestones"
urlpatterns = [
    path("plans/<slug:plan_key>/milestones/", milestones.milestone_list, name="milestone_list"),
    path(
        "plans/<slug:plan_key>/milestones/<slug:key>/",
        milestones.milestone_detail,
        name="milestone_detail",
    ),
    path(
        "plans/<slug:plan_key>/milestones/<slug:key>/acceptance/",
        acceptance.milestone_acceptance,
        name="milestone_acceptance",
    ),
    path(
        "plans/<slug:plan_key>/milestones/<slug:key>/reopen/",
        acceptance.milestone_reopening,
        name="milestone_reopening",
    ),
    path("plans/<slug:plan_key>/tasks/", tasks.task_list, name="task_list"),
    path("plans/<slug:plan_key>/tasks/<slug:key>/", tasks.task_detail, name="task_detail"),
]
