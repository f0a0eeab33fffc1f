"""The resources of traces, recalls and drills."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from apps.traceability.api.authenticity import AuthenticityCheckViewSet
from apps.traceability.api.drills import DrillPlanViewSet, RecallDrillViewSet
from apps.traceability.api.genealogy import (
    CommonOriginsView,
    GenealogyPictureView,
    GenealogyTreeView,
    GenealogyView,
)
from apps.traceability.api.groupings import LotGroupingViewSet
from apps.traceability.api.one_step import OneStepFileView, OneStepView
from apps.traceability.api.suspects import SuspectCaseViewSet
from apps.traceability.api.views import LotTraceView, RecallReachView, RecallViewSet

router = SimpleRouter(trailing_slash=False)
router.register("recalls", RecallViewSet)
router.register("recall-drills", RecallDrillViewSet)
router.register("drill-plans", DrillPlanViewSet)
router.register("lot-groupings", LotGroupingViewSet)
router.register("authenticity-checks", AuthenticityCheckViewSet)
router.register("suspect-cases", SuspectCaseViewSet)

urlpatterns = [
    path("lots/<int:pk>/trace", LotTraceView.as_view(), name="lot-trace"),
    path("lots/<int:pk>/one-step", OneStepView.as_view(), name="lot-one-step"),
    path("lots/<int:pk>/one-step-file", OneStepFileView.as_view(), name="lot-one-step-file"),
    path("genealogy", GenealogyView.as_view(), name="genealogy"),
    path("genealogy/tree", GenealogyTreeView.as_view(), name="genealogy-tree"),
    path("genealogy/picture", GenealogyPictureView.as_view(), name="genealogy-picture"),
    path("common-origins", CommonOriginsView.as_view(), name="common-origins"),
    path("recall-reach", RecallReachView.as_view(), name="recall-reach"),
    *router.urls,
]
