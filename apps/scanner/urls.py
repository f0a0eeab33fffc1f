"""The handheld's page."""

from django.urls import path

from apps.scanner.pages import scan_page, scan_worker

urlpatterns = [
    path("scan/", scan_page, name="scan-page"),
    path("scan/worker.js", scan_worker, name="scan-worker"),
]
