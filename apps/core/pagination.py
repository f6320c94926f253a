"""Pages of the API: bounded, whatever the caller asks for."""

from rest_framework.pagination import LimitOffsetPagination


class BoundedPagination(LimitOffsetPagination):
    """``limit`` and ``offset``; 100 rows unless asked otherwise, never more than 500."""

    default_limit = 100
    max_limit = 500
