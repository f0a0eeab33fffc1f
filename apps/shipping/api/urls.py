"""Where cartons, pallets and carriers are found in the API; shipments and loads are in `orders`, which they serve."""

from rest_framework.routers import SimpleRouter

from apps.shipping.api import carriers
from apps.shipping.api.loads import PalletViewSet
from apps.shipping.api.views import CartonViewSet

router = SimpleRouter(trailing_slash=False)
router.register("cartons", CartonViewSet)
router.register("carton-types", carriers.CartonTypeViewSet)
router.register("pallets", PalletViewSet)
router.register("carrier-services", carriers.CarrierServiceViewSet)
router.register("carrier-events", carriers.CarrierEventViewSet)
router.register("parcel-exceptions", carriers.ParcelExceptionViewSet)
urlpatterns = router.urls
