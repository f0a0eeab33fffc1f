"""Where warehouses and locations are found in the API."""

from rest_framework.routers import SimpleRouter

from apps.locations.api.views import LocationViewSet, WarehouseViewSet

router = SimpleRouter(trailing_slash=False)
router.register("warehouses", WarehouseViewSet)
router.register("locations", LocationViewSet)
urlpatterns = router.urls
