"""Where putaways and replenishments are found in the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.storage.api import areas, units, views

router = SimpleRouter(trailing_slash=False)
router.register("handling-units", units.CarriedUnitViewSet)
router.register("putaways", views.PutawayViewSet)
router.register("replenishments", views.ReplenishmentViewSet)
router.register("control-areas", areas.ControlAreaViewSet)
router.register("putaway-rules", views.PutawayRuleViewSet)
urlpatterns = [path("putaway-ranking", views.RankingView.as_view(), name="putaway-ranking"), *router.urls]
