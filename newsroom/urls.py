"""The two wings of the site: editors under /admin/, readers everywhere else."""

from django.contrib import admin
from django.urls import include, path

from newsroom.watch.probes import PROBES

handler404 = "articles.site.views.lost.lost"

urlpatterns = [
    path("admin/", admin.site.urls),
    # Answered by the outermost middleware, before anything else is asked.
    *(path(name, answer) for name, answer in PROBES.items()),
    path("", include("articles.site.urls")),
]
