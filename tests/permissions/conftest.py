"""The world of the walk: built once, each try in it rolled back."""

import logging
from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.permissions.world import NOW, World, build


@pytest.fixture(autouse=True)
def wednesday() -> Iterator[None]:
    """One moment, and a thousand refusals that are not worth a line in the log each."""
    logging.disable(logging.CRITICAL)
    with time_machine.travel(NOW, tick=False):
        yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """In one transaction that never ends well; the tests of this folder run in one process."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOW, tick=False):
            built = build()
        yield built
        transaction.set_rollback(True)
