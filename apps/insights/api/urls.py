"""Where the figures are found in the API."""

from django.urls import path

from apps.insights.api import views

urlpatterns = [
    path("stock-position", views.StockPositionView.as_view(), name="stock-position"),
    path("stock-position/pdf", views.StockPositionPdfView.as_view(), name="stock-position-pdf"),
    path("stock-position/xlsx", views.StockPositionXlsxView.as_view(), name="stock-position-xlsx"),
]
