"""Where the handheld's calls are found in the API."""

from django.urls import path

from apps.scanner.api import queue, views

urlpatterns = [
    path("commands", queue.QueueView.as_view(), name="commands"),
    path("scan", views.ScanView.as_view(), name="scan"),
    path("tasks/<str:number>/confirm", views.ConfirmView.as_view(), name="task-confirm"),
]
