"""Pages say in which language the words of a story and of a quotation are, and which way they run."""

import re

import pytest

from articles.models import Quote
from articles.site.languages import direction
from tests.factories import make_article, make_quote
from tests.stories_in_arabic import SAID, WIRED, make_arabic_story


def text_of(client, address):
    return client.get(address).content.decode()


@pytest.mark.parametrize(
    ("language", "way"),
    [
        ("ar", "rtl"),
        ("ar-eg", "rtl"),
        ("he_IL", "rtl"),
        ("FA", "rtl"),
        ("az-Arab", "rtl"),
        ("ur-latn-pk", "ltr"),
        ("en-gb", "ltr"),
        ("arn", "ltr"),
        ("", "auto"),
    ],
)
def test_a_language_has_its_direction(language, way):
    assert direction(language) == way


@pytest.mark.django_db
def test_a_story_is_marked_where_its_words_are_and_nowhere_else(client):
    story = make_arabic_story()
    page = text_of(client, story.get_absolute_url())
    assert '<html lang="en-gb">' in page
    assert f'<h1 lang="ar" dir="rtl">{story.headline}</h1>' in page
    assert '<div class="text" lang="ar" dir="rtl">' in page
    assert '<article class="full" dir="rtl">' in page
    # A screen reader says “Report an error” in English.
    assert not re.search(r'<article[^>]*lang="ar"', page)


@pytest.mark.django_db
def test_a_headline_in_a_list_bears_its_language(client):
    story = make_arabic_story()
    wanted = re.compile(rf'<h[23] lang="ar" dir="rtl"><a href="{re.escape(story.get_absolute_url())}">')
    for address in ("/", "/articles/", "/tags/weather/", "/organisations/nile-ferries/"):
        assert wanted.search(text_of(client, address)), address


@pytest.mark.django_db
def test_a_story_in_no_known_language_runs_as_its_letters_do(client):
    page = text_of(client, make_article(language="", headline="العبّارة").get_absolute_url())
    assert '<h1 dir="auto">العبّارة</h1>' in page
    assert '<article class="full">' in page


@pytest.mark.django_db
def test_a_quotation_bears_the_language_of_its_story_or_its_own(client):
    make_arabic_story()
    said, wired = Quote.objects.get(text=SAID), Quote.objects.get(text=WIRED)
    page = text_of(client, "/quotes/")
    assert f'#quote-{said.pk}" lang="ar" dir="rtl"><p' in page
    assert f'#quote-{wired.pk}" lang="en" dir="ltr"><p' in page
    assert f'#quote-{wired.pk}" lang="en" dir="ltr"><p' in text_of(client, wired.get_absolute_url())


@pytest.mark.django_db
def test_only_words_in_another_language_are_marked_within_a_story(client):
    story = make_arabic_story()
    said, wired = Quote.objects.get(text=SAID), Quote.objects.get(text=WIRED)
    page = text_of(client, story.get_absolute_url())
    assert f'<span class="quote" id="quote-{wired.pk}" lang="en" dir="ltr">' in page
    assert f'<span class="quote" id="quote-{said.pk}">' in page


@pytest.mark.django_db
def test_the_context_of_a_quotation_is_in_the_language_of_the_story(client):
    make_arabic_story()
    wired = Quote.objects.get(text=WIRED)
    page = text_of(client, wired.get_absolute_url())
    assert f'<p lang="ar" dir="rtl">وكتبت القبطانة آنا لوبيز في برقية قصيرة: <b lang="en">{WIRED}</b>' in page


@pytest.mark.django_db
def test_programs_are_told_the_language_of_a_quotation(client):
    quote = make_quote(make_article(body="<p>“Es regnet,” he said.</p>"), "“Es regnet,”", language="de")
    assert client.get(f"/api/v1/quotations/{quote.pk}").json()["language"] == "de"


@pytest.mark.django_db
def test_a_code_of_a_language_cannot_break_out_of_its_attribute(client):
    page = text_of(client, make_article(language='en"><script>').get_absolute_url())
    assert 'en"><script>' not in page


@pytest.mark.django_db
def test_the_whole_page_is_mirrored_for_a_newsroom_that_writes_from_right_to_left(client, settings):
    settings.LANGUAGE_CODE = "ar"
    story = make_arabic_story()
    page = text_of(client, story.get_absolute_url())
    assert '<html lang="ar" dir="rtl">' in page
    assert '<article class="full">' in page
    english = make_article(headline="Harbour opens")
    assert '<article class="full" dir="ltr">' in text_of(client, english.get_absolute_url())


def test_styles_know_no_left_and_no_right(settings):
    """So that whatever is laid out for one direction is right in the other, mirrored."""
    path = settings.BASE_DIR / "articles/static/articles/site.css"
    css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    physical = r"(?:margin|padding|border|inset|scroll-\w+)-(?:left|right)|(?<![-\w])(?:left|right|float|clear)"
    assert re.findall(rf"{physical}\s*:", css) == []
    assert re.findall(r"text-align:\s*(?:left|right)", css) == []
    # Of four values the second is the right side, the fourth the left.
    sides = re.findall(r"(?<![-\w])(?:margin|padding|inset|border-width): ((?:[^\s;]+ ){3}[^\s;]+);", css)
    assert [value for value in sides if value.split()[1] != value.split()[3]] == []
