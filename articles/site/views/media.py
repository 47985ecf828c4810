from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse

from articles.editing.previews import find_link
from articles.models import Picture
from articles.models.pictures import PictureQuerySet

TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
# A name is never given to other bytes. Shared caches ask again after an hour, so that a withdrawn picture leaves them.
PUBLIC = "public, max-age=31536000, s-maxage=3600, immutable"
# Whoever opened a preview by its link has the link's secret in a cookie, sent with pictures alone.
PREVIEW_COOKIE, PREVIEW_PATH = "preview", "/media/pictures/"


def picture_file(request: HttpRequest, folder: str, name: str) -> HttpResponse:
    """One file of a picture: for readers where a published page shows it, else for editors and who has a preview."""
    pictures = Picture.objects.in_folder(folder)
    is_public = pictures.public().exists()
    if not is_public and not may_see_unpublished(request, pictures):
        raise Http404
    try:
        with default_storage.open(f"pictures/{folder}/{name}") as file:
            response = HttpResponse(file.read(), content_type=TYPES[name.rpartition(".")[2]])
    except FileNotFoundError as error:
        raise Http404 from error
    response["Cache-Control"] = PUBLIC if is_public else "private, no-store"
    # Whatever bytes these were, nothing in them runs and no other type is guessed.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def may_see_unpublished(request: HttpRequest, pictures: PictureQuerySet) -> bool:
    if request.user.has_perm("articles.view_picture"):
        return pictures.exists()
    link = find_link(request.COOKIES.get(PREVIEW_COOKIE, ""))
    return link is not None and pictures.filter(uses__article=link.article_id).exists()
