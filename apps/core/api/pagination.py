"""Pages that stay right while rows are added."""

from __future__ import annotations

import re

from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request


class CursorPage(CursorPagination):
    """Newest first; `page_size` up to 200."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "-pk"

    def decode_cursor(self, request: Request) -> Cursor | None:
        """The cursor that we made: a position is a primary key. Raises `NotFound` for one that somebody else made."""
        cursor = super().decode_cursor(request)
        position = cursor.position if cursor is not None else None
        if position is not None and not re.fullmatch(r"\d{1,19}", str(position), re.ASCII):
            raise NotFound(self.invalid_cursor_message)
        return cursor
