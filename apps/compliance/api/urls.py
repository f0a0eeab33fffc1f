"""The resources of inspection."""

from rest_framework.routers import SimpleRouter

from apps.compliance.api.views import InspectionPlanViewSet, InspectionViewSet, SupplierReturnViewSet

router = SimpleRouter(trailing_slash=False)
router.register("inspections", InspectionViewSet)
router.register("inspection-plans", InspectionPlanViewSet)
router.register("supplier-returns", SupplierReturnViewSet)

urlpatterns = router.urls
