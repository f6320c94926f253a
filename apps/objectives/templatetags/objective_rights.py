"""What the reader may do, for templates: the same rules that the views check."""

from typing import Any

from django import template

from apps.approvals.selectors.requests import waiting_count
from apps.objectives import permissions
from apps.objectives.domain.target_changes import TARGET_CHANGE
from apps.objectives.models import KeyResult, Objective

register = template.Library()


@register.simple_tag(takes_context=True)
def may_create_objective(context: template.Context) -> bool:
    """Whether the reader may add an objective to the plan."""
    request = _request(context)
    return permissions.can_create_objective(request.user, request.roles, request.plan)


@register.simple_tag(takes_context=True)
def may_edit_objective(context: template.Context, objective: Objective) -> bool:
    """Whether the reader may change the objective; a closed or archived one stays as it is."""
    request = _request(context)
    return objective.is_open and permissions.can_edit_objective(
        request.user, request.roles, objective
    )


@register.simple_tag(takes_context=True)
def may_keep_objective(context: template.Context, objective: Objective) -> bool:
    """Whether the reader may archive, restore or copy the objective."""
    request = _request(context)
    return permissions.can_edit_objective(request.user, request.roles, objective)


@register.simple_tag(takes_context=True)
def may_edit_key_result(context: template.Context, key_result: KeyResult) -> bool:
    """Whether the reader may change the key result and correct its values."""
    request = _request(context)
    is_open = key_result.objective.is_open
    return is_open and permissions.can_edit_key_result(request.user, request.roles, key_result)


@register.simple_tag(takes_context=True)
def waiting_requests(context: template.Context) -> int:
    """How many changes of targets wait for the PMO."""
    return waiting_count(_request(context).plan, TARGET_CHANGE)


def _request(context: template.Context) -> Any:
    return context["request"]
