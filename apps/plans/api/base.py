"""Everything below /api/plans/<plan>/ is of one plan, and only its members find it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer

from apps.core.parameters import KnownParameters
from apps.people.models import User
from apps.plans.filters import ItemFilter
from apps.plans.models import Item, ItemKind, Membership, Plan
from apps.plans.permissions import roles_in
from apps.plans.selectors.calendars import plan_calendar
from apps.plans.selectors.outlooks import OutlookMaker
from apps.plans.serializers import ItemSerializer
from apps.plans.services.change import plan_hold

KEY = r"[-a-zA-Z0-9_]+"

plan_scoped = extend_schema(
    parameters=[
        OpenApiParameter(
            "plan",
            {"type": "string", "pattern": f"^{KEY}$"},
            OpenApiParameter.PATH,
            description="The plan's key.",
        )
    ]
)


class PlanScopedViewSet(KnownParameters):
    """Finds ``self.plan`` before anything else; a stranger gets 404, as if it did not exist."""

    plan: Plan
    swagger_fake_view = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Sign-in is checked first, then the membership."""
        super().initial(request, *args, **kwargs)
        self.plan = get_object_or_404(Plan.objects.visible_to(request.user), key=kwargs["plan"])
        request.plan = self.plan  # type: ignore[attr-defined]  # as pages have it

    @property
    def person(self) -> User:
        """Who asks; signed in, as the default permission wants it."""
        return cast(User, self.request.user)

    @cached_property
    def roles(self) -> list[Membership]:
        """The person's roles in the plan."""
        return roles_in(self.plan, self.person)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """What is read within still holds when it is written. The body has arrived before."""
        # Read here, so that a slow sender does not hold the plan while the body arrives.
        _body = self.request.data
        with plan_hold(self.plan):
            yield

    def sent(self, shape: type[BaseSerializer[Any]]) -> dict[str, Any]:
        """The body in this shape; fields that were not sent are left out."""
        serializer = shape(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def get_queryset(self) -> QuerySet[Any]:
        """Nothing while the schema is being drawn: there is no plan then."""
        return self.declared().none() if self.swagger_fake_view else self.rows()

    def rows(self) -> QuerySet[Any]:
        """The plan's rows, in a fixed order."""
        return self.declared().filter(plan=self.plan)

    def declared(self) -> QuerySet[Any]:
        """What the class names as its ``queryset``."""
        return cast("QuerySet[Any]", self.queryset)  # type: ignore[arg-type]


@plan_scoped
class PlanListViewSet(mixins.ListModelMixin, PlanScopedViewSet):
    """A list of things of one plan."""


@plan_scoped
class PlanReadViewSet(mixins.RetrieveModelMixin, mixins.ListModelMixin, PlanScopedViewSet):
    """A list of things of one plan, and each of them by its key."""

    lookup_field = "key"
    lookup_value_regex = KEY


class ItemViewSet(PlanReadViewSet):
    """Items of one kind, with their forecasts as of the plan's today."""

    kind: ItemKind
    queryset = Item.objects.all()
    serializer_class = ItemSerializer
    filterset_class = ItemFilter

    def rows(self) -> QuerySet[Any]:
        """By their place in the plan."""
        items = Item.objects.filter(plan=self.plan, kind=self.kind)
        return items.select_related("owner", "team").order_by(
            "outline", "position", "finish_on", "pk"
        )

    def get_serializer_context(self) -> dict[str, Any]:
        """With what turns a row into its outlook."""
        context = dict(super().get_serializer_context())
        if not self.swagger_fake_view:
            calendar = plan_calendar(self.plan)
            context["maker"] = OutlookMaker(self.plan, calendar, self.plan.today())
        return context
