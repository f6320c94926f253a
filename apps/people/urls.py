"""Addresses of the app."""

from django.urls import path

from apps.people import views

app_name = "people"
urlpatterns = [
    path("language/", views.language_set, name="language_set"),
    path("profile/", views.profile, name="profile"),
    path("profile/absences/", views.absence_add, name="absence_add"),
    path("profile/absences/<int:pk>/remove/", views.absence_delete, name="absence_delete"),
]
