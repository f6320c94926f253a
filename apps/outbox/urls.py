"""Addresses of the app."""

from django.urls import path

from apps.outbox import views

app_name = "outbox"
OUTBOX = "plans/<slug:plan_key>/outbox"
urlpatterns = [
    path(f"{OUTBOX}/", views.notification_list, name="notification_list"),
    path(f"{OUTBOX}/<int:pk>/", views.notification_detail, name="notification_detail"),
    path(f"{OUTBOX}/<int:pk>/mail/", views.notification_mail, name="notification_mail"),
    path(f"{OUTBOX}/<int:pk>/resend/", views.notification_resend_now, name="notification_resend"),
]
