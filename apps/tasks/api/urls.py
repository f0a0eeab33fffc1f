"""Where tasks are found in the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.tasks.api import conflicts, views

router = SimpleRouter(trailing_slash=False)
router.register("tasks", views.TaskViewSet)
router.register("conflicts", conflicts.ConflictViewSet)
urlpatterns = [path("labour", views.LabourView.as_view(), name="labour"), *router.urls]
