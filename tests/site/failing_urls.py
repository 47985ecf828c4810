from __future__ import annotations

from django.urls import path


def fail(request):
    raise RuntimeError


urlpatterns = [path("", fail)]
