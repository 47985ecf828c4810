"""The two wings of the site: editors under /admin/, readers everywhere else."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("articles.site.urls")),
]
