"""The two wings of the site: editors under /admin/, readers everywhere else."""

from django.contrib import admin
from django.urls import include, path

handler404 = "articles.site.views.lost.lost"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("articles.site.urls")),
]
