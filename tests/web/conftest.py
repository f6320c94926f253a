"""Static files by their plain names: no collectstatic before the tests."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def plain_static_names(settings: Settings) -> None:
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
