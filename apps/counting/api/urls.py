"""The resources of counting."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.counting.api.inventories import AccuracyView, InventoryViewSet
from apps.counting.api.views import CountDoubtViewSet, CountPlanViewSet, CountProgramViewSet, CountViewSet

router = SimpleRouter(trailing_slash=False)
router.register("cycle-counts", CountViewSet)
router.register("count-plans", CountPlanViewSet)
router.register("count-programs", CountProgramViewSet)
router.register("count-doubts", CountDoubtViewSet)
router.register("inventories", InventoryViewSet)

urlpatterns = [*router.urls, path("count-accuracy", AccuracyView.as_view(), name="count-accuracy")]
