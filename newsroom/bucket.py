"""Pictures in an object storage. Needs `pip install "django-storages[s3]"`."""

from __future__ import annotations

from urllib.parse import quote, urljoin

from django.conf import settings
from storages.backends.s3 import S3Storage


class Bucket(S3Storage):
    """Readers are given the site's own addresses, where each picture is shown to who may see it."""

    def url(self, name: str, *args: object, **kwargs: object) -> str:
        return urljoin(settings.MEDIA_URL, quote(name))
