"""The resources of inspection, and of how goods are kept."""

from rest_framework.routers import SimpleRouter

from apps.compliance.api.climate import ExcursionViewSet, SensorReadingViewSet, SensorViewSet
from apps.compliance.api.views import InspectionPlanViewSet, InspectionViewSet, SupplierReturnViewSet

router = SimpleRouter(trailing_slash=False)
router.register("inspections", InspectionViewSet)
router.register("inspection-plans", InspectionPlanViewSet)
router.register("supplier-returns", SupplierReturnViewSet)
router.register("sensors", SensorViewSet)
router.register("sensor-readings", SensorReadingViewSet)
router.register("excursions", ExcursionViewSet)

urlpatterns = router.urls
