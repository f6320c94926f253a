"""The register of message kinds: what a message is, known without importing who causes it.

An app registers its kinds when it starts (its AppConfig.ready).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from apps.outbox.domain.payload import Payload

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from apps.outbox.models import Notification
    from apps.people.models import User

P = TypeVar("P", bound=Payload)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who a mail is put into words for.

    ``is_private``: for this person's eyes alone, so it may hold links that act in their name.
    """

    user: "User"
    is_private: bool


@dataclass(frozen=True, slots=True)
class Waiting(Generic[P]):
    """A message about to be sent, and what it says."""

    row: "Notification"
    payload: P


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[P]):
    """One kind of message.

    ``subject`` and ``context`` (what ``template`` shows) speak the active language and time zone.
    ``concerned`` is asked about a whole batch just before it is sent: what still concerns each
    reader, by the message's id; a message that is left out concerns its reader no more. It costs a
    number of queries that does not grow with the batch. ``is_for_members``: only members of the
    plan are told.
    """

    name: str
    label: "_StrPromise"
    template: str
    payload: type[P]
    subject: Callable[[P], str]
    context: Callable[[P, Reader], dict[str, Any]]
    concerned: Callable[[Sequence[Waiting[P]]], Mapping[int, P]]
    is_for_members: bool = True


_KINDS: dict[str, Kind[Any]] = {}


def register_kind(kind: Kind[Any]) -> None:
    """Add a kind, or replace the one of the same name."""
    _KINDS[kind.name] = kind


def kind_of(name: str) -> Kind[Any] | None:
    """The registered kind; None when nobody knows it (any more)."""
    return _KINDS.get(name)


def kinds() -> list[Kind[Any]]:
    """Every registered kind, in the order of registration."""
    return list(_KINDS.values())
