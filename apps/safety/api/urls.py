"""Where safety signs are found in the API."""

from django.urls import path

from apps.safety.api.signs import SafetySignsView, SignSheetsView

urlpatterns = [
    path("safety-signs", SafetySignsView.as_view(), name="safety-signs"),
    path("safety-signs/sheets", SignSheetsView.as_view(), name="safety-sign-sheets"),
]
