"""Gives a thing its row among the subjects, when it is first needed."""

from typing import Any

from django.db import transaction

from apps.plans.kinds import subject_kind_of
from apps.plans.models import Subject


def subject_of(thing: Any) -> Subject:
    """The subject of a thing of a registered kind; of two that ask for the first at once, the
    second waits for it. Raises LookupError for what is no subject.
    """
    kind = subject_kind_of(thing)
    with transaction.atomic():
        # NO KEY: rows that point to the thing may be written meanwhile
        rows = type(thing).objects.select_for_update(of=("self",), no_key=True)
        locked = rows.get(pk=thing.pk)
        if locked.subject_id is None:
            locked.subject = Subject.objects.create(plan_id=locked.plan_id, kind=kind)
            locked.save(update_fields=["subject"])
    thing.subject_id = locked.subject_id
    subject: Subject = thing.subject
    return subject
