"""Where accounts are found in the API."""

from django.urls import path

from apps.accounts.api import views

urlpatterns = [
    path("enrol", views.EnrolView.as_view(), name="enrol"),
    path("device/rotate", views.RotateView.as_view(), name="device-rotate"),
    path("sign-on", views.SignOnView.as_view(), name="sign-on"),
    path("sign-off", views.SignOffView.as_view(), name="sign-off"),
    path("me", views.MeView.as_view(), name="me"),
]
