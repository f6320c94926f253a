"""What every template may use of plans."""

from typing import Any

from django.http import HttpRequest


def plans(request: HttpRequest) -> dict[str, Any]:
    """The reader's plans for the switcher."""
    return {"nav_plans": getattr(request, "plans", [])}
