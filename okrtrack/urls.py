"""Every address of the site. Pages of a plan begin with /plans/<key>/."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

# the administration signs in as everybody does: rate limits and second factor included
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("apps.front.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("api/", include("okrtrack.api")),
    path("", include("apps.core.urls")),
    path("", include("apps.people.urls")),
    path("", include("apps.plans.urls")),
    path("", include("apps.outbox.urls")),
    path("", include("apps.approvals.urls")),
    path("", include("apps.objectives.urls")),
    path("", include("apps.milestones.urls")),
    path("", include("apps.risks.urls")),
    path("", include("apps.cadence.urls")),
    path("", include("apps.alerts.urls")),
]

handler400 = "apps.core.errors.bad_request"
handler403 = "apps.core.errors.permission_denied"
handler404 = "apps.core.errors.page_not_found"
handler500 = "apps.core.errors.server_error"
