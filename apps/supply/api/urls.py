"""Where supply is found in the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.supply.api import views
from apps.supply.api.availability import AvailabilityView

router = SimpleRouter(trailing_slash=False)
router.register("expected-receipts", views.ExpectedReceiptViewSet)
router.register("promises", views.PromiseViewSet)
urlpatterns = [
    path("available-to-promise", views.AvailableToPromiseView.as_view(), name="available-to-promise"),
    path("availability", AvailabilityView.as_view(), name="availability"),
    *router.urls,
]
