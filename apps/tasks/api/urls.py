"""Where tasks are found in the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.tasks.api import conflicts, guidance, views

router = SimpleRouter(trailing_slash=False)
router.register("tasks", views.TaskViewSet)
router.register("task-rules", guidance.TaskRuleViewSet)
router.register("task-policies", guidance.TaskPolicyViewSet)
router.register("skills", guidance.SkillViewSet)
router.register("equipment-kinds", guidance.EquipmentKindViewSet)
router.register("conflicts", conflicts.ConflictViewSet)
urlpatterns = [path("labour", views.LabourView.as_view(), name="labour"), *router.urls]
