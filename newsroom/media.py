"""Where pictures are kept: a folder of the machine, or a bucket of an object storage that speaks S3."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

EXAMPLE = "s3://KEY:SECRET@BUCKET?endpoint=https://storage.example.org&region=eu-west-1"
NAME = "NEWSROOM_MEDIA_STORAGE"
# Names are never given twice, and nobody reads the bucket but the program, which asks each time who may.
OPTIONS: dict[str, Any] = {"default_acl": None, "file_overwrite": False, "querystring_auth": False}


def storages_of(address: str) -> dict[str, Any]:
    """The value of `STORAGES` for an address like `EXAMPLE`; Django's own where it is empty.

    Raises:
        ImproperlyConfigured: the address says something else.
    """
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    if not address:
        return {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}, "staticfiles": static}
    parts = urlsplit(address)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    endpoint, region = query.pop("endpoint", None), query.pop("region", None)
    folder = unquote(parts.path).strip("/")
    if parts.scheme != "s3" or not parts.hostname or query:
        raise ImproperlyConfigured(f"{NAME} is “{parts.scheme}://…”; it is written as {EXAMPLE}")
    # Case matters in names of keys, not in those of buckets.
    options = {**OPTIONS, "bucket_name": parts.hostname, "location": folder, "endpoint_url": endpoint}
    options |= {"region_name": region}
    if parts.username:
        options |= {"access_key": unquote(parts.username), "secret_key": unquote(parts.password or "")}
    return {"default": {"BACKEND": "newsroom.bucket.Bucket", "OPTIONS": options}, "staticfiles": static}
