"""The register of what can be a subject: known without importing the app that it belongs to.

An app registers its kinds when it starts (its AppConfig.ready).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model

from apps.plans.models import Plan, Subject

T = TypeVar("T", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is to be known of a thing by those that only know that it is one.

    ``path``: its page. ``people``: ids of whom it concerns. What is not ``is_live`` rests: it is
    in no list, and nobody is told of it.
    """

    name: str
    path: str
    people: frozenset[int]
    is_live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectKind(Generic[T]):
    """One kind. ``name`` is that of its relation from Subject; ``reads`` names the relations
    that its facts follow, so that a list reads them all at once.
    """

    name: str
    model: type[T]
    facts: Callable[[Plan, T], Facts]
    reads: tuple[str, ...] = ()


_KINDS: dict[str, SubjectKind[Any]] = {}


def register_subject(kind: SubjectKind[Any]) -> None:
    """Add a kind, or replace the one of the same name."""
    _KINDS[kind.name] = kind


def subject_kind_of(thing: Model) -> str:
    """The name of a thing's kind. Raises LookupError where nobody has registered its model."""
    for kind in _KINDS.values():
        if isinstance(thing, kind.model):
            return kind.name
    raise LookupError(f"{type(thing).__name__} is no subject.")


def subject_relations(path: str) -> list[str]:
    """For ``select_related``: everything that the facts of subjects at ``path`` need."""
    found = [path]
    for kind in _KINDS.values():
        found += [f"{path}__{kind.name}", *(f"{path}__{kind.name}__{one}" for one in kind.reads)]
    return found


def facts_of(plan: Plan, subject: Subject) -> Facts:
    """What is to be known of a subject of this plan."""
    kind = _KINDS[subject.kind]
    return kind.facts(plan, getattr(subject, kind.name))
