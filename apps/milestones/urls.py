"""Addresses of the app."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from apps.milestones.views import acceptance, milestones, tasks


class ItemKeyConverter(StringConverter):
    """A key is any text but a slash; PostgreSQL takes no NUL."""

    regex = r"[^/\x00]+"


register_converter(ItemKeyConverter, "item_key")

app_name = "milestones"
urlpatterns = [
    path("plans/<slug:plan_key>/milestones/", milestones.milestone_list, name="milestone_list"),
    path(
        "plans/<slug:plan_key>/milestones/<item_key:key>/",
        milestones.milestone_detail,
        name="milestone_detail",
    ),
    path(
        "plans/<slug:plan_key>/milestones/<item_key:key>/acceptance/",
        acceptance.milestone_acceptance,
        name="milestone_acceptance",
    ),
    path(
        "plans/<slug:plan_key>/milestones/<item_key:key>/reopen/",
        acceptance.milestone_reopening,
        name="milestone_reopening",
    ),
    path("plans/<slug:plan_key>/tasks/", tasks.task_list, name="task_list"),
    path("plans/<slug:plan_key>/tasks/<item_key:key>/", tasks.task_detail, name="task_detail"),
]
