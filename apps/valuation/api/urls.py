"""The resources of valuation."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.valuation.api.figures import CostJournalView, CostPeriodView, StockValueReportView, StockValueView
from apps.valuation.api.views import (
    CostEntryViewSet,
    CostLayerViewSet,
    ItemCostViewSet,
    LandedCostViewSet,
    OpeningCostsView,
)

router = SimpleRouter(trailing_slash=False)
router.register("item-costs", ItemCostViewSet)
router.register("cost-layers", CostLayerViewSet)
router.register("cost-entries", CostEntryViewSet)
router.register("landed-costs", LandedCostViewSet)

urlpatterns = [
    path("stock-value", StockValueView.as_view()),
    path("stock-value/report", StockValueReportView.as_view()),
    path("cost-period", CostPeriodView.as_view()),
    path("opening-costs", OpeningCostsView.as_view()),
    path("cost-journal", CostJournalView.as_view()),
    *router.urls,
]
