"""The site's addresses, and one that answers with the same bytes each time: what no page can be faster than."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from newsroom.urls import urlpatterns as site

CONTENT = b"x" * 20_000


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse(CONTENT)


urlpatterns = [path("constant/", constant), *site]
