"""A person's own settings."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from apps.people.forms import AbsenceForm, ProfileForm
from apps.people.models import User
from apps.people.services import absence_create, absence_remove, language_save, profile_save


@login_not_required
@require_POST
def language_set(request: HttpRequest) -> HttpResponse:
    """Switch this browser's language; signed in, also that of the account and its mails."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        language_save(user=request.user, language=language, reason="Language switched")
    return set_language(request)


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name, language, time zone, absences."""
    user = cast("User", request.user)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        profile_save(user=form.instance, reason="Profile changed")
        with translation.override(user.language):
            messages.success(request, _("Saved."))
        response = redirect("people:profile")
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response
    return render_profile(request, form, AbsenceForm(user=user))


@require_POST
def absence_add(request: HttpRequest) -> HttpResponse:
    """Days away."""
    user = cast("User", request.user)
    form = AbsenceForm(request.POST, user=user)
    if not form.is_valid():
        return render_profile(request, ProfileForm(instance=user), form)
    absence_create(absence=form.instance, reason="Absence entered")
    messages.success(request, _("Saved."))
    return redirect("people:profile")


@require_POST
def absence_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an absence back."""
    user = cast("User", request.user)
    absence_remove(absence=get_object_or_404(user.absences.all(), pk=pk), reason="Absence removed")
    messages.success(request, _("Removed."))
    return redirect("people:profile")


def render_profile(
    request: HttpRequest, form: ProfileForm, absence_form: AbsenceForm
) -> HttpResponse:
    """The page, with 422 when a form came back with faults."""
    user = get_object_or_404(User, username=request.user.get_username())
    absences = user.absences.filter(finish_on__gte=timezone.localdate()).select_related("delegate")
    context = {"form": form, "absence_form": absence_form, "absences": absences[:50]}
    status = 422 if form.errors or absence_form.errors else 200
    return render(request, "people/profile.html", context, status=status)
