"""The register of what can be a subject: known without importing the app that it belongs to.

An app registers its kinds when it starts (its AppConfig.ready).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import Model, Q

from apps.plans.models import Plan, Subject

T = TypeVar("T", bound=Model)


class Facts(NamedTuple):
    """What is to be known of a thing by those that only know that it is one.

    ``path``: its page. ``people``: ids of whom it concerns.
    """

    name: str
    path: str
    people: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectKind(Generic[T]):
    """One kind: rows of ``model``, each with a name and an owner.

    ``name`` is that of its relation from Subject, ``path`` a row's page, ``reads`` the relations
    that these need, so that a list reads them all at once. ``rests``: lookups of rows that are in
    no list any more; nobody is told of them.
    """

    name: str
    model: type[T]
    path: Callable[[Plan, T], str]
    rests: Mapping[str, Any]
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
    thing: Any = getattr(subject, kind.name)
    people = frozenset(filter(None, [thing.owner_id]))
    return Facts(thing.name, kind.path(plan, thing), people)


def resting(path: str = "") -> Q:
    """Rows whose subject (at ``path``; themselves) rests, with what it stands for."""
    prefix = f"{path}__" if path else ""
    found = Q()
    for kind in _KINDS.values():
        found |= Q(**{f"{prefix}{kind.name}__{name}": value for name, value in kind.rests.items()})
    return found
