"""Where warehouses, locations and dock appointments are found in the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.locations.api.appointments import AppointmentViewSet
from apps.locations.api.signs import AisleSignView, DockSignView
from apps.locations.api.views import AislePlanView, LocationViewSet, WarehouseViewSet

router = SimpleRouter(trailing_slash=False)
router.register("warehouses", WarehouseViewSet)
router.register("locations", LocationViewSet)
router.register("dock-appointments", AppointmentViewSet)
urlpatterns = [
    path("aisle-plan", AislePlanView.as_view(), name="aisle-plan"),
    path("aisle-signs", AisleSignView.as_view(), name="aisle-signs"),
    path("dock-signs", DockSignView.as_view(), name="dock-signs"),
    *router.urls,
]
