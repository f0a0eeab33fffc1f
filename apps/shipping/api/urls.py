"""Where cartons are found in the API; shipments are in `orders`, which knows what they serve."""

from rest_framework.routers import SimpleRouter

from apps.shipping.api.views import CartonViewSet

router = SimpleRouter(trailing_slash=False)
router.register("cartons", CartonViewSet)
urlpatterns = router.urls
