"""The front door, and what monitoring asks."""

import datetime as dt
from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.outbox.models import Heartbeat, Notification
from apps.people.models import User
from apps.plans.models import Plan
from apps.plans.permissions import led_teams, roles_in

FRESH = dt.timedelta(minutes=3)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """A team lead's week, everybody else's plan, or a choice where there are several plans."""
    user = cast("User", request.user)
    plans = list(Plan.objects.visible_to(user)[:20])
    if len(plans) != 1:
        return render(request, "home.html", {"plans": plans})
    if led_teams(roles_in(plans[0], user)):
        return redirect("cadence:week", plans[0].key)
    return redirect(plans[0])


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when database, worker and scheduler are all up; 503 names the parts that are not."""
    parts = database_parts()
    return JsonResponse({"parts": parts}, status=200 if all(parts.values()) else 503)


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when this web process can serve pages: the database answers and is migrated."""
    parts = {name: is_up for name, is_up in database_parts().items() if name in READY_PARTS}
    return JsonResponse({"parts": parts}, status=200 if all(parts.values()) else 503)


READY_PARTS = ("database", "migrations")


def database_parts() -> dict[str, bool]:
    """Each part of the system and whether it is up, as the database knows it."""
    now = timezone.now()
    parts = dict.fromkeys(("database", "migrations", "worker", "beat", "outbox"), False)
    try:
        parts["migrations"] = not pending_migrations()
        parts["database"] = True
        if parts["migrations"]:
            beats = dict(Heartbeat.objects.values_list("part", "beaten_at"))
            for part in ("worker", "beat"):
                parts[part] = part in beats and beats[part] > now - FRESH
            waiting_since = now - dt.timedelta(minutes=30)
            waiting = Notification.objects.due(waiting_since).filter(attempts=0)
            parts["outbox"] = not waiting.exists()
    except DatabaseError:
        pass
    return parts


def pending_migrations() -> bool:
    """Whether the database is behind the code."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
