"""Pages of the desk that are not about one table."""

from django.conf import settings
from django.contrib import admin
from django.urls import path

from apps.insights.as_of import stock_as_of_page
from apps.insights.board_page import dock_board_page
from apps.insights.outbound import outbound_page
from apps.insights.pages import search_page, stock_position_page
from apps.insights.wave_pages import wave_board_page, wave_release_page

urlpatterns = [
    path(f"{settings.ADMIN_PATH}/search", admin.site.admin_view(search_page), name="desk-search"),
    path(
        f"{settings.ADMIN_PATH}/stock-position/outbound",
        admin.site.admin_view(outbound_page),
        name="desk-outbound",
    ),
    path(f"{settings.ADMIN_PATH}/wave-board", admin.site.admin_view(wave_board_page), name="desk-wave-board"),
    path(f"{settings.ADMIN_PATH}/wave-release", admin.site.admin_view(wave_release_page), name="desk-wave-release"),
    path(f"{settings.ADMIN_PATH}/dock-board", admin.site.admin_view(dock_board_page), name="desk-dock-board"),
    path(
        f"{settings.ADMIN_PATH}/stock-as-of",
        admin.site.admin_view(stock_as_of_page),
        name="desk-stock-as-of",
    ),
    path(
        f"{settings.ADMIN_PATH}/stock-position",
        admin.site.admin_view(stock_position_page),
        name="desk-stock-position",
    ),
]
