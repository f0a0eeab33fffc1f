"""Where warehouses, locations and dock appointments are found in the API."""

from rest_framework.routers import SimpleRouter

from apps.locations.api.appointments import AppointmentViewSet
from apps.locations.api.views import LocationViewSet, WarehouseViewSet

router = SimpleRouter(trailing_slash=False)
router.register("warehouses", WarehouseViewSet)
router.register("locations", LocationViewSet)
router.register("dock-appointments", AppointmentViewSet)
urlpatterns = router.urls
