"""What somebody may do with one article, beyond the permissions that their group gives for all."""

from __future__ import annotations

from django.db.models import QuerySet

from articles.models import Article
from articles.models.access import Account, Rows, hidden_from, own

# While an article is being written it is its authors'; from then on it is the desk's.
WRITTEN = (Article.Status.DRAFT, Article.Status.IN_REVIEW)
BEFORE_READERS = (Article.Status.PUBLISHED, Article.Status.WITHDRAWN)


def edits_all(user: Account) -> bool:
    return user.has_perm("articles.edit_others_article")


def may_see(user: Account, article: Article) -> bool:
    return not article.is_embargoed or not hidden_from(user).filter(pk=article.pk).exists()


def may_edit(user: Account, article: Article) -> bool:
    """Articles of others and those that left the author's hands belong to who may edit all."""
    if edits_all(user):
        return may_see(user, article)
    return article.status in WRITTEN and Article.objects.filter(own(user), pk=article.pk).exists()


def may_review(user: Account, article: Article) -> bool:
    """Names, quotations and tags of an article that readers do not see yet are decided about by everybody."""
    return may_see(user, article) and (edits_all(user) or article.status not in BEFORE_READERS)


def editable(articles: QuerySet[Article], user: Account) -> QuerySet[Article]:
    """Of articles that the user sees, those that `may_edit` allows."""
    return articles if edits_all(user) else articles.filter(own(user), status__in=WRITTEN)


def reviewable(rows: Rows, user: Account) -> Rows:
    """Of rows that the user sees, those that `may_review` allows."""
    return rows if edits_all(user) else rows.exclude(article__status__in=BEFORE_READERS)
