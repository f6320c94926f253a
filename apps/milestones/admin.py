"""Holidays and make-up days: each change computes the plan anew."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from apps.milestones.services.calendar import calendar_days_set
from apps.plans.models import CalendarDay

if TYPE_CHECKING:
    from django.db.models import QuerySet


@admin.register(CalendarDay)
class CalendarDayAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Days that differ from the week's rule."""

    list_display = ("day_on", "plan", "is_working", "name")
    list_filter = ("plan", "is_working")

    def get_readonly_fields(
        self, request: HttpRequest, obj: CalendarDay | None = None
    ) -> tuple[str, ...]:
        """A day stays what it is; to move it, delete it and add another."""
        return ("plan", "day_on") if obj else ()

    def save_model(
        self, request: HttpRequest, obj: CalendarDay, form: "ModelForm[Any]", change: bool
    ) -> None:
        """Through the service, signed."""
        self.set_day(request, obj, obj.is_working)
        obj.pk = CalendarDay.objects.get(plan=obj.plan, day_on=obj.day_on).pk

    def delete_model(self, request: HttpRequest, obj: CalendarDay) -> None:
        """Back to what its weekday says."""
        self.set_day(request, obj, None)

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[CalendarDay]") -> None:
        """Each in turn."""
        for day in queryset:
            self.set_day(request, day, None)

    def set_day(self, request: HttpRequest, day: CalendarDay, is_working: bool | None) -> None:
        calendar_days_set(
            plan=day.plan,
            days={day.day_on: is_working},
            by=request.user,  # type: ignore[arg-type]
            reason=_("Calendar changed in the administration"),
            name=day.name,
        )
