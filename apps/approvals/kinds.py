"""The register of what can be asked for: known without importing who carries it out.

An app registers its kinds when it starts (its AppConfig.ready); docs/approvals.md says how.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from apps.outbox.domain.payload import Payload

if TYPE_CHECKING:
    from apps.approvals.models import ChangeRequest
    from apps.people.models import User
    from apps.plans.engine.calendars import DayCalendar
    from apps.plans.engine.errors import PlanRuleError
    from apps.plans.models import Membership, Plan

P = TypeVar("P", bound=Payload)
F = TypeVar("F", bound=Payload)


class Row(NamedTuple):
    """One thing that a request changes, in words: ``old`` is empty for something new."""

    term: str
    old: object
    new: object
    is_day: bool = False


class Shown(NamedTuple):
    """What a preview shows of the subject, and the ids of the items that it shows by that."""

    rows: list[Any]
    items: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestKind(Generic[P, F]):
    """One kind of request. What gets a ``change`` is called within a PlanChange.

    ``check`` raises PlanRuleError where the request cannot be put in force as things stand: when
    it is made, and again when it is approved. ``apply`` then puts it in force, and gives back what
    was carried out, which may say more than what was asked for. ``look`` is what a preview shows
    of the subject, before and after.
    """

    name: str
    payload: type[P]
    can_decide: "Callable[[User, list[Membership], Plan], bool]"
    check_can_decide: "Callable[[User, list[Membership], Plan], None]"

    check: "Callable[[Any, ChangeRequest, P], None]"
    apply: "Callable[[Any, ChangeRequest, P], P]"
    look: "Callable[[ChangeRequest], Any]"

    # in words: what it is, of a subject's name; several of them; what exactly; why it is refused
    title: Callable[[str], str]
    counted: Callable[[int], str]
    label: Callable[[P], str]
    rows: "Callable[[ChangeRequest, P], list[Row]]"
    refusal: "Callable[[PlanRuleError, DayCalendar | None], str]"
    # a template, and what it shows (``rows``) of a subject looked at before and after
    preview_template: str
    preview: "Callable[[ChangeRequest, Any, Any, DayCalendar], Shown]"
    # what a mail keeps of it (written within the change), and its terms and values
    facts: type[F]
    facts_of: "Callable[[ChangeRequest, P], F]"
    mail_rows: Callable[[F, bool], list[tuple[str, str]]]


_KINDS: dict[str, RequestKind[Any, Any]] = {}


def register_request(kind: RequestKind[Any, Any]) -> None:
    """Add a kind, or replace the one of the same name."""
    _KINDS[kind.name] = kind


def request_kinds() -> dict[str, RequestKind[Any, Any]]:
    """Every registered kind by its name."""
    return _KINDS


def read(request: "ChangeRequest") -> tuple[RequestKind[Any, Any], Any]:
    """The kind of a request, and what it asks for."""
    kind = _KINDS[request.kind]
    return kind, kind.payload.from_json(request.payload)
