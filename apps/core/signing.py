"""Every write is signed: who, why, and (by the database) when."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pghistory
from django.db import transaction

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


@contextmanager
def signed(*, by: "AbstractUser", reason: str) -> Iterator[None]:
    """A transaction whose every change is recorded as this person's, for this reason.

    Raises ValueError without a reason: an unsigned change has no place in the history.
    """
    if not reason.strip():
        raise ValueError("A change needs a reason.")
    with transaction.atomic(), pghistory.context(user=by.pk, reason=reason):
        yield
