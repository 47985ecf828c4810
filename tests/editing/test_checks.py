import pytest

from articles.editing.checks import CHECKS, blocks, check_article, check_articles, check_publishing_blocks
from articles.models import Anchoring, State
from tests.factories import make_article, make_quote

WHOLE = {"standfirst": "It opened on Friday.", "byline": ("Ana Lopez",), "language": "en"}


def messages(article):
    return [(check.place, check.message) for check in check_article(article)]


def test_an_article_that_has_all_passes(db):
    assert messages(make_article(**WHOLE)) == []


@pytest.mark.parametrize(
    ("changes", "place", "message"),
    [
        ({"headline": " "}, "headline", "It has no headline."),
        ({"headline": "x" * 111}, "headline", "The headline has 111 characters; cards and search results show 110."),
        ({"standfirst": ""}, "standfirst", "It has no standfirst."),
        ({"standfirst": "x" * 301}, "standfirst", "The standfirst has 301 characters; 300 are enough."),
        ({"byline": ()}, "byline", "It has no byline and names no source."),
        ({"body": "", "text": ""}, "body", "It has no text."),
        ({"language": ""}, "language", "Its language is not given; screen readers need it."),
    ],
)
def test_what_is_missing_is_said_with_its_place(db, changes, place, message):
    assert messages(make_article(**{**WHOLE, **changes})) == [(place, message)]


def test_a_source_stands_for_a_byline(db):
    assert messages(make_article(**{**WHOLE, "byline": (), "publisher": "Tidewire"})) == []


@pytest.mark.parametrize(
    ("quote", "message"),
    [
        ({"state": State.SUGGESTED}, "1 quotation is not reviewed."),
        ({"state": State.UNSURE}, "1 quotation is not reviewed."),
        ({"state": State.ACCEPTED, "anchoring": Anchoring.STALE}, "The words around 1 accepted quotation changed."),
        (
            {"state": State.ACCEPTED, "anchoring": Anchoring.LOST},
            "1 accepted quotation is no longer in the text; readers do not see it.",
        ),
    ],
)
def test_quotations_that_somebody_should_look_at_are_told(db, quote, message):
    article = make_article(**WHOLE)
    make_quote(article, "The bridge", **quote)
    make_quote(article, "over the harbour", state=State.REJECTED)
    assert messages(article) == [("quotations", message)]


def test_a_setting_says_what_blocks(db, settings):
    article = make_article(**{**WHOLE, "byline": (), "standfirst": ""})
    assert blocks(check_article(article)) == []
    settings.NEWSROOM_PUBLISHING_BLOCKS = ["byline"]
    assert [check.key for check in blocks(check_article(article))] == ["byline"]


def test_a_setting_that_names_no_check_is_an_error(settings):
    settings.NEWSROOM_PUBLISHING_BLOCKS = ["headline", "pictuers"]
    [error] = check_publishing_blocks()
    assert error.msg.startswith("NEWSROOM_PUBLISHING_BLOCKS names pictuers; expected some of headline, ")
    settings.NEWSROOM_PUBLISHING_BLOCKS = list(CHECKS)
    assert check_publishing_blocks() == []


def test_many_articles_are_checked_with_three_queries(db, django_assert_num_queries):
    articles = [make_article(**WHOLE) for _ in range(4)]
    with django_assert_num_queries(3):
        check_articles(articles)
