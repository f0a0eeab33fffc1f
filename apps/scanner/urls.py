"""The handheld's page."""

from django.urls import path

from apps.scanner.pages import scan_page

urlpatterns = [path("scan/", scan_page, name="scan-page")]
