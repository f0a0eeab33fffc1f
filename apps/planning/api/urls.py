"""The resources of planning."""

from rest_framework.routers import SimpleRouter

from apps.planning.api import views

router = SimpleRouter(trailing_slash=False)
router.register("stocking-policies", views.StockingPolicyViewSet)
router.register("item-classes", views.ItemClassViewSet)
router.register("item-forecasts", views.ItemForecastViewSet)
router.register("reorder-proposals", views.ReorderProposalViewSet)

urlpatterns = router.urls
