"""Where putaways and replenishments are found in the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.storage.api import areas, labels, units, views

router = SimpleRouter(trailing_slash=False)
router.register("handling-units", units.CarriedUnitViewSet)
router.register("putaways", views.PutawayViewSet)
router.register("replenishments", views.ReplenishmentViewSet)
router.register("control-areas", areas.ControlAreaViewSet)
router.register("putaway-rules", views.PutawayRuleViewSet)
urlpatterns = [
    path("putaway-ranking", views.RankingView.as_view(), name="putaway-ranking"),
    path("storage-labels/places", labels.PlaceLabelView.as_view(), name="place-labels"),
    path("storage-labels/zones", labels.ZoneLabelView.as_view(), name="zone-labels"),
    *router.urls,
]
