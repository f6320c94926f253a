"""Every address of the site. Pages of a plan begin with /plans/<key>/."""

from django.contrib import admin
from django.urls import include, path

from okrtrack import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("", include("apps.core.urls")),
    path("", include("apps.people.urls")),
    path("", include("apps.plans.urls")),
    path("", include("apps.objectives.urls")),
    path("", include("apps.milestones.urls")),
    path("", include("apps.risks.urls")),
    path("", include("apps.alerts.urls")),
]
