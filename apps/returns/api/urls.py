"""The resources of returns."""

from rest_framework.routers import SimpleRouter

from apps.returns.api.views import CustomerReturnViewSet

router = SimpleRouter(trailing_slash=False)
router.register("customer-returns", CustomerReturnViewSet)

urlpatterns = router.urls
