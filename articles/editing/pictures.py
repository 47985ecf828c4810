"""Take pictures in, cut them anew, take them out; and the pictures of an article, read, written and restored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypedDict

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from PIL import Image

from articles.documents.picture_metadata import Metadata
from articles.documents.pictures import PictureFile, as_jpeg, as_webp, cropped, fitted, read_picture
from articles.editing.logbook import about, write_down
from articles.models import Article, ArticlePicture, Picture
from articles.models.pictures import Rendition

# The file that all others are cut from.
WHOLE = "whole.webp"
# The fields that a file may fill, and how much of what it says fits.
LONGEST = {"title": 200, "alt": 500, "caption": 5000, "credit": 200, "licence": 300, "keywords": 500}


def read_upload(content: bytes) -> PictureFile:
    """A picture from the bytes of a file.

    Raises:
        articles.documents.pictures.PictureError: it is none, is damaged or too large.
    """
    return read_picture(content, max_pixels=settings.NEWSROOM_MAX_PICTURE_PIXELS)


@transaction.atomic
def add_picture(read: PictureFile, *, user: User | None, **words: Any) -> Picture:
    """Keep a picture in all its sizes. What is not said in `words` is what its file says.

    Raises:
        django.core.exceptions.ValidationError: neither alt text nor “decorative”, for one.
    """
    picture = Picture(**words, **words_of_file(read.metadata, words))
    keep_picture(picture, read, user=user)
    return picture


def words_of_file(metadata: Metadata, given: Mapping[str, Any]) -> dict[str, Any]:
    """What a file says of its picture for those fields that are empty in `given`."""
    said = {name: getattr(metadata, name)[:longest] for name, longest in LONGEST.items()}
    if metadata.taken:
        # A camera's clock without a zone is taken for the newsroom's.
        said["taken"] = metadata.taken if metadata.taken.tzinfo else timezone.make_aware(metadata.taken)
    if given.get("is_decorative"):
        del said["alt"]
    return {name: value for name, value in said.items() if value and not given.get(name)}


@transaction.atomic
def keep_picture(picture: Picture, read: PictureFile, *, user: User | None) -> None:
    """Save a new picture with its files. The file that was sent is not kept: it may tell where somebody lives."""
    picture.width, picture.height = read.image.size
    picture.uploaded_by = user
    picture.full_clean(exclude=["file"])
    picture.file.save(WHOLE, ContentFile(as_webp(read.image, quality=90)), save=False)
    picture.save()
    for rendition in picture.renditions():
        _write(picture, rendition, as_webp(fitted(read.image, rendition.width)))
    _write_crops(picture, read.image)


@transaction.atomic
def refocus(picture: Picture) -> None:
    """Save a picture whose focal point was moved, and cut its cards anew; the old ones go."""
    before = Picture.objects.get(pk=picture.pk)
    old = {each.name for each in (*before.cards(), before.shared())}
    picture.save()
    with picture.file.open() as file, Image.open(file) as whole:
        _write_crops(picture, whole)
    old -= {each.name for each in (*picture.cards(), picture.shared())}
    transaction.on_commit(lambda: _remove(picture, old))


@transaction.atomic
def delete_pictures(pictures: Iterable[Picture]) -> None:
    """Delete pictures with their files.

    Raises:
        django.db.models.ProtectedError: an article or an author still has one.
    """
    for picture in list(pictures):
        picture.delete()
        names = {each.name for each in (*picture.renditions(), *picture.cards(), picture.shared())}
        transaction.on_commit(lambda picture=picture, names=names: _remove(picture, {*names, WHOLE}))  # type: ignore[misc]


def _write_crops(picture: Picture, image: Image.Image) -> None:
    focus = picture.focal_x, picture.focal_y
    for card in picture.cards():
        _write(picture, card, as_webp(cropped(image, (card.width, card.height), focus=focus)))
    shared = picture.shared()
    _write(picture, shared, as_jpeg(cropped(image, (shared.width, shared.height), focus=focus)))


def _write(picture: Picture, rendition: Rendition, content: bytes) -> None:
    storage, name = picture.file.storage, f"{picture.folder}/{rendition.name}"
    if not storage.exists(name):
        storage.save(name, ContentFile(content))


def _remove(picture: Picture, names: Iterable[str]) -> None:
    for name in names:
        picture.file.storage.delete(f"{picture.folder}/{name}")


# The pictures of an article.


class PlacedPicture(TypedDict):
    """One picture in an article; `picture` is the number of its record."""

    picture: int
    caption: str


def pictures_of(article: Article) -> list[PlacedPicture]:
    rows = article.pictures.order_by("position", "pk").values_list("picture_id", "caption")
    return [{"picture": picture, "caption": caption} for picture, caption in rows]


@transaction.atomic
def set_pictures(article: Article, pictures: Sequence[PlacedPicture]) -> None:
    """Print these pictures in this order and no others. One deleted in the meantime is left out."""
    if pictures == pictures_of(article):
        return
    known = set(Picture.objects.filter(pk__in=[each["picture"] for each in pictures]).values_list("pk", flat=True))
    article.pictures.all().delete()
    ArticlePicture.objects.bulk_create(
        ArticlePicture(article=article, picture_id=each["picture"], caption=each["caption"], position=position)
        for position, each in enumerate((each for each in pictures if each["picture"] in known), start=1)
    )


@contextmanager
def editing_pictures(article: Article, *, user: User | None) -> Iterator[None]:
    """Around whatever changes the pictures of an article by hand: orders them anew and writes down what changed."""
    with transaction.atomic():
        before = pictures_of(article)
        yield
        rows = list(article.pictures.order_by("position", "pk"))
        for position, row in enumerate(rows, start=1):
            row.position = position
        ArticlePicture.objects.bulk_update(rows, ["position"])
        after = pictures_of(article)
        if before != after:
            write_down(
                about(
                    article,
                    action="edit",
                    before={"pictures": in_words(before)},
                    after={"pictures": in_words(after)},
                    user=user,
                )
            )


def in_words(pictures: Sequence[PlacedPicture]) -> list[str]:
    names = {picture.pk: str(picture) for picture in Picture.objects.filter(pk__in=[p["picture"] for p in pictures])}
    return [names.get(each["picture"], "") + (f" ({each['caption']})" if each["caption"] else "") for each in pictures]
