"""Error pages of the site are HTML: static files by their plain names, as for pages."""

from tests.web.conftest import plain_static_names

__all__ = ["plain_static_names"]
