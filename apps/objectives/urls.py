"""Addresses of the app."""

from django.urls import path

from apps.approvals.views import request_detail, request_list
from apps.objectives.views import (
    as_known,
    closing,
    comments,
    corrections,
    key_result_edit,
    key_results,
    objective_edit,
    objectives,
    target_requests,
    tree,
)

app_name = "objectives"
urlpatterns = [
    path(
        "plans/<slug:plan_key>/key-results/<slug:key>/check-ins/<int:pk>/correct/",
        corrections.check_in_correction,
        name="check_in_correct",
    ),
    path(
        "plans/<slug:plan_key>/key-results/<slug:key>/as-known/",
        as_known.key_result_as_known,
        name="key_result_as_known",
    ),
    path(
        "plans/<slug:plan_key>/objectives/<slug:key>/comments/",
        comments.objective_comments,
        name="objective_comments",
    ),
    path(
        "plans/<slug:plan_key>/key-results/<slug:key>/comments/",
        comments.key_result_comments,
        name="key_result_comments",
    ),
    path("plans/<slug:plan_key>/alignment/", tree.objective_tree, name="objective_tree"),
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
    path(
        "plans/<slug:plan_key>/new-objective/", objective_edit.objective_new, name="objective_new"
    ),
    path(
        "plans/<slug:plan_key>/objectives/<slug:key>/change/",
        objective_edit.objective_change,
        name="objective_change",
    ),
    path(
        "plans/<slug:plan_key>/objectives/<slug:key>/new-key-result/",
        key_result_edit.key_result_new,
        name="key_result_new",
    ),
    path(
        "plans/<slug:plan_key>/key-results/<slug:key>/change/",
        key_result_edit.key_result_change,
        name="key_result_change",
    ),
    path(
        "plans/<slug:plan_key>/key-results/<slug:key>/targets/",
        target_requests.key_result_targets,
        name="key_result_targets",
    ),
    path(
        "plans/<slug:plan_key>/targets/<str:key>/change/",
        target_requests.target_change_new,
        name="target_change_new",
    ),
    path(
        "plans/<slug:plan_key>/targets/<str:key>/drop/",
        target_requests.target_drop_new,
        name="target_drop_new",
    ),
    path(
        "plans/<slug:plan_key>/key-results/<slug:key>/targets/add/",
        target_requests.target_add_new,
        name="target_add_new",
    ),
    # before there were requests of other kinds; links in mails stay good
    path(
        "plans/<slug:plan_key>/target-changes/",
        request_list,
        name="target_change_list",
    ),
    path(
        "plans/<slug:plan_key>/target-changes/<int:pk>/",
        request_detail,
        name="target_change_detail",
    ),
    path("plans/<slug:plan_key>/archived-objectives/", closing.archived_list, name="archived_list"),
    path(
        "plans/<slug:plan_key>/objectives/<slug:key>/close/",
        closing.objective_end,
        name="objective_close",
    ),
    path(
        "plans/<slug:plan_key>/objectives/<slug:key>/archive/",
        closing.objective_shelve,
        name="objective_archive",
    ),
    path(
        "plans/<slug:plan_key>/objectives/<slug:key>/restore/",
        closing.objective_return,
        name="objective_restore",
    ),
    path(
        "plans/<slug:plan_key>/objectives/<slug:key>/copy/",
        closing.objective_next,
        name="objective_copy",
    ),
]
