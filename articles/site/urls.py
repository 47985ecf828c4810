"""The readers' wing."""

from __future__ import annotations

urlpatterns: list[object] = []
