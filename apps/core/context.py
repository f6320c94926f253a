"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """The demo flag (sample accounts on the login page) and the languages on offer."""
    return {"is_demo": settings.IS_DEMO}
