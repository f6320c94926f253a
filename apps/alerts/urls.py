"""Addresses of the app."""

from django.urls import path

from apps.alerts.views import alerts, notifications

app_name = "alerts"
PLAN = "plans/<slug:plan_key>"
urlpatterns = [
    path(f"{PLAN}/alerts/", alerts.alert_list, name="alert_list"),
    path(f"{PLAN}/alerts/summary/", alerts.alert_summary, name="alert_summary"),
    path(f"{PLAN}/outbox/", notifications.notification_list, name="notification_list"),
    path(f"{PLAN}/outbox/<int:pk>/", notifications.notification_detail, name="notification_detail"),
    path(
        f"{PLAN}/outbox/<int:pk>/mail/", notifications.notification_mail, name="notification_mail"
    ),
    path(
        f"{PLAN}/outbox/<int:pk>/resend/",
        notifications.notification_resend_now,
        name="notification_resend",
    ),
]
