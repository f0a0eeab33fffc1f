"""Where the figures are found in the API."""

from django.urls import path

from apps.insights.api import day, margin, views

urlpatterns = [
    path("end-of-day", day.EndOfDayView.as_view(), name="end-of-day"),
    path("end-of-day/pdf", day.EndOfDayPdfView.as_view(), name="end-of-day-pdf"),
    path("margins", margin.MarginsView.as_view(), name="margins"),
    path("stock-position", views.StockPositionView.as_view(), name="stock-position"),
    path("stock-position/pdf", views.StockPositionPdfView.as_view(), name="stock-position-pdf"),
    path("stock-position/xlsx", views.StockPositionXlsxView.as_view(), name="stock-position-xlsx"),
]
