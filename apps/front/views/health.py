"""What monitoring asks."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from apps.front.selectors.health import READY_PARTS, read_parts


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when database, worker and scheduler are all up; 503 names the parts that are not."""
    parts = read_parts()
    return JsonResponse({"parts": parts}, status=200 if all(parts.values()) else 503)


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when this web process can serve pages: the database answers and is migrated."""
    parts = {name: is_up for name, is_up in read_parts().items() if name in READY_PARTS}
    return JsonResponse({"parts": parts}, status=200 if all(parts.values()) else 503)
