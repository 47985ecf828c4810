"""What programs that follow the site are told."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import capfirst
from django.utils.translation import gettext

from articles.models import Correction

LATEST = 50


class CorrectionsFeed(Feed):  # type: ignore[type-arg]  # not generic at run time
    feed_type = Atom1Feed
    link = reverse_lazy("corrections")

    def title(self) -> str:
        return gettext("%(newsroom_name)s: corrections") % {"newsroom_name": settings.NEWSROOM_NAME}

    def subtitle(self) -> str:
        return gettext("What was wrong in published articles, and what is right.")

    def items(self) -> QuerySet[Correction]:
        return Correction.objects.public().select_related("article")[:LATEST]

    def item_title(self, item: Correction) -> str:
        return gettext("{kind}: {headline}").format(
            kind=capfirst(item.get_kind_display()), headline=item.article.headline
        )

    def item_description(self, item: Correction) -> str:
        return item.note

    def item_updateddate(self, item: Correction) -> datetime:
        return item.made

    def item_pubdate(self, item: Correction) -> datetime:
        return item.made
