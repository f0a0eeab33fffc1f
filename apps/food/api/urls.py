"""The resources of listed foods."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.food.api.records import FoodRecordsFileView, FoodRecordsView
from apps.food.api.views import (
    FoodDeterminationViewSet,
    ListedFoodViewSet,
    TraceabilityLotCodeViewSet,
    TraceabilityPlanViewSet,
)

router = SimpleRouter(trailing_slash=False)
router.register("listed-foods", ListedFoodViewSet)
router.register("food-determinations", FoodDeterminationViewSet)
router.register("traceability-lot-codes", TraceabilityLotCodeViewSet)
router.register("traceability-plans", TraceabilityPlanViewSet)

urlpatterns = [
    path("food-records", FoodRecordsView.as_view(), name="food-records"),
    path("food-records-file", FoodRecordsFileView.as_view(), name="food-records-file"),
    *router.urls,
]
