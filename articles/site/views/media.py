from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest

from articles.models import Picture

TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
# A name is never given to other bytes. Shared caches ask again after an hour, so that a withdrawn picture leaves them.
PUBLIC = "public, max-age=31536000, s-maxage=3600, immutable"


def picture_file(request: HttpRequest, folder: str, name: str) -> FileResponse:
    """One file of a picture: for readers where a published page shows it, else for editors."""
    pictures = Picture.objects.in_folder(folder)
    is_public = pictures.public().exists()
    if not is_public and not (request.user.has_perm("articles.view_picture") and pictures.exists()):
        raise Http404
    try:
        file = default_storage.open(f"pictures/{folder}/{name}")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=TYPES[name.rpartition(".")[2]])
    response["Cache-Control"] = PUBLIC if is_public else "private, no-store"
    # Whatever bytes these were, nothing in them runs and no other type is guessed.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
