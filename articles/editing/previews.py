"""Secret addresses that show an unpublished article for a while. Each call is one transaction."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.editing.logbook import about, write_down
from articles.models import Article, PreviewLink

SECRET_BYTES = 32


@transaction.atomic
def make_link(article: Article, *, lifetime: timedelta, user: User) -> str:
    """Make a link that shows the article for `lifetime`; returns its secret, which is kept nowhere."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    expires = timezone.now() + lifetime
    link = PreviewLink.objects.create(article=article, digest=digest_of(secret), expires=expires, made_by=user)
    write_down(
        about(
            article,
            action="make-link",
            after={"link": link.pk, "expires": expires.isoformat()},
            user=user,
        )
    )
    return secret


def find_link(secret: str) -> PreviewLink | None:
    """The live link with this secret; None where it is unknown, revoked or over."""
    return PreviewLink.objects.live().filter(digest=digest_of(secret)).first()


@transaction.atomic
def revoke_links(articles: Iterable[Article], *, user: User | None, number: int | None = None) -> int:
    """End the live links of articles, or the one with this number; returns how many ended."""
    keys = [article.pk for article in articles]
    links = PreviewLink.objects.live().filter(article__in=keys).select_related("article")
    ending = list(links.filter(pk=number) if number is not None else links)
    PreviewLink.objects.filter(pk__in=[link.pk for link in ending]).update(revoked=timezone.now())
    write_down(
        *(
            about(
                link.article,
                action="revoke-link",
                after={"link": link.pk},
                user=user,
            )
            for link in ending
        )
    )
    return len(ending)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
