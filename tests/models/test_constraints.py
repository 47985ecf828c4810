"""What the database itself refuses, whoever writes to it."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from articles.models import (
    Alias,
    Appearance,
    Article,
    ArticleImport,
    ArticlePicture,
    Author,
    Byline,
    Correction,
    Decision,
    DeskNote,
    Entity,
    ErrorReport,
    Location,
    Person,
    PreviewLink,
    Quote,
    Role,
    Tag,
    TagSynonym,
)
from tests.factories import (
    make_article,
    make_author,
    make_location,
    make_organisation,
    make_person,
    make_picture,
    make_proposed_tag,
    make_tag,
    place_picture,
)

pytestmark = pytest.mark.django_db

MAY, JUNE = datetime(2031, 5, 2, tzinfo=UTC), datetime(2031, 6, 2, tzinfo=UTC)


def refused(name, write):
    """Assert that a write breaks the constraint with this name."""
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        write()
    # SQLite names the columns of a unique constraint, not the constraint.
    message = str(raised.value)
    assert name in message or "UNIQUE constraint failed" in message


def update(record, **fields):
    return lambda: type(record).objects.filter(pk=record.pk).update(**fields)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("article_headline_given", {"headline": ""}),
        ("article_slug_given", {"slug": ""}),
        ("article_status_known", {"status": "lost"}),
        ("article_published_is_released", {"status": "published", "released": None}),
        ("article_embargo_kept", {"status": "published", "released": MAY, "embargo": JUNE}),
        ("article_scheduled_has_time", {"status": "scheduled"}),
        ("article_scheduled_has_time", {"scheduled_for": MAY}),
        ("article_scheduled_after_embargo", {"status": "scheduled", "scheduled_for": MAY, "embargo": JUNE}),
        ("article_withdrawn_has_time", {"status": "withdrawn"}),
        ("article_withdrawn_has_time", {"withdrawn_at": MAY}),
    ],
)
def test_articles(constraint, fields):
    refused(constraint, update(make_article(status="draft"), **fields))


def test_an_address_belongs_to_one_article_and_no_address_to_many():
    make_article(address="")
    make_article(address="")
    make_article(address="https://example.org/pier")
    refused("article_address_once", lambda: make_article(address="https://example.org/pier"))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("entity_kind_known", {"kind": "ship"}),
        ("entity_name_given", {"name": ""}),
        ("entity_slug_given", {"slug": ""}),
    ],
)
def test_entities(constraint, fields):
    person = make_person()
    refused(constraint, lambda: Entity.objects.filter(pk=person.pk).update(**fields))


def test_an_entity_is_not_merged_into_itself():
    person = make_person()
    refused(
        "entity_not_merged_into_itself",
        lambda: Entity.objects.filter(pk=person.pk).update(merged_into_id=person.pk),
    )


def test_a_slug_is_taken_once_a_kind():
    make_person("Ana Reyes", slug="ana-reyes")
    make_organisation("Ana Reyes", slug="ana-reyes")
    refused("entity_slug_once_a_kind", lambda: Person.objects.create(name="Ana Reyes", slug="ana-reyes"))


def test_coordinates_are_on_earth_and_come_in_pairs():
    location = make_location()
    refused("location_coordinates_on_earth", update(location, latitude=91, longitude=0))
    refused("location_coordinates_on_earth", update(location, latitude=0, longitude=181))
    refused("location_coordinates_on_earth", update(location, latitude=12, longitude=None))
    assert update(location, latitude=51.9, longitude=-8.5)() == 1


def test_one_geoname_is_one_location():
    make_location(geoname_id=2965140)
    refused("geoname_id", lambda: Location.objects.create(name="Corcaigh", geoname_id=2965140))


def test_an_alias_stands_once_at_an_entity():
    person = make_person()
    alias = Alias.objects.create(entity=person, name="Ann Reyes")
    refused("alias_once_an_entity", lambda: Alias.objects.create(entity=person, name="ANN  REYES"))
    refused("alias_name_given", update(alias, name=""))
    refused("alias_key_given", update(alias, key=""))


def test_an_entity_appears_once_in_an_article():
    article, person = make_article(), make_person()
    Appearance.objects.create(article=article, entity=person)
    refused("appearance_once_an_article", lambda: Appearance.objects.create(article=article, entity=person))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [("appearance_state_known", {"state": "maybe"}), ("appearance_score_a_share", {"score": 1.5})],
)
def test_appearances(constraint, fields):
    appearance = Appearance.objects.create(article=make_article(), entity=make_person())
    refused(constraint, update(appearance, **fields))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("quote_text_given", {"text": ""}),
        ("quote_form_known", {"form": "sung"}),
        ("quote_state_known", {"state": "maybe"}),
        ("quote_cue_span_whole", {"cue_start": 4, "cue_end": None}),
        ("quote_cue_span_whole", {"cue_start": 4, "cue_end": 4}),
        ("quote_source_span_whole", {"source_start": None, "source_end": 9}),
        ("quote_addressee_span_whole", {"addressee_start": 4, "addressee_end": None}),
        ("quote_occasion_span_whole", {"occasion_start": 9, "occasion_end": 4}),
    ],
)
def test_quotations(constraint, fields):
    quote = Quote.objects.create(article=make_article(), text="“Yes”", spans=[[0, 5]])
    refused(constraint, update(quote, **fields))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("role_span_not_empty", {"start": 5, "end": 5}),
        ("role_title_given", {"title": ""}),
        ("role_state_known", {"state": "maybe"}),
    ],
)
def test_roles(constraint, fields):
    role = Role.objects.create(article=make_article(), person=make_person(), title="mayor", start=0, end=5)
    refused(constraint, update(role, **fields))


def test_a_tag_has_a_name_and_is_not_merged_into_itself():
    tag = Tag.objects.create(name="Harbour")
    refused("tag_not_merged_into_itself", update(tag, merged_into=tag))
    refused("tag_name_given", update(tag, name=""))


def test_another_name_leads_to_one_tag():
    tag = Tag.objects.create(name="Harbour")
    other = TagSynonym.objects.create(tag=tag, name="Haven")
    refused("tagsynonym_of_one_tag", lambda: TagSynonym.objects.create(tag=make_tag(), name="HAVEN"))
    refused("tagsynonym_name_given", update(other, name=""))
    refused("tagsynonym_key_given", update(other, key=""))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("proposedtag_state_known", {"state": "changed"}),
        ("proposedtag_by_a_machine", {"origin": "typed"}),
        ("proposedtag_accepted_is_a_tag", {"state": "accepted", "tag": None}),
        ("proposedtag_name_given", {"name": ""}),
        ("proposedtag_name_given", {"key": ""}),
    ],
)
def test_proposed_tags(constraint, fields):
    refused(constraint, update(make_proposed_tag(make_article(), "Harbour"), **fields))


def test_a_tag_is_proposed_once_an_article():
    article = make_article()
    make_proposed_tag(article, "Harbour")
    refused("proposedtag_once_an_article", lambda: make_proposed_tag(article, "HARBOUR"))


def test_imports_and_decisions_say_what_they_are():
    refused("articleimport_status_known", lambda: ArticleImport.objects.create(source="a.txt", status="dry-run"))
    refused("articleimport_failure_says_why", lambda: ArticleImport.objects.create(source="a.txt", status="failed"))
    refused("decision_subject_known", lambda: Decision.objects.create(subject="ship", subject_id=1, action="accept"))
    refused("decision_action_named", lambda: Decision.objects.create(subject="quote", subject_id=1, action=""))


def test_deleting_an_article_keeps_the_log_of_decisions():
    article = make_article()
    decision = Decision.objects.create(subject="article", subject_id=article.pk, article=article, action="publish")
    Article.objects.filter(pk=article.pk).delete()
    decision.refresh_from_db()
    assert decision.article is None


def test_an_embargo_that_is_over_hinders_nobody():
    make_article(released=JUNE, embargo=MAY)
    make_article(status="scheduled", scheduled_for=JUNE, embargo=JUNE)
    assert Article.objects.count() == 2


@pytest.mark.parametrize(
    ("constraint", "make"),
    [
        ("correction_kind_known", lambda article: Correction(article=article, kind="guess", note="It was a ferry.")),
        ("correction_note_given", lambda article: Correction(article=article, note="")),
        ("desknote_text_given", lambda article: DeskNote(article=article, text="")),
        (
            "errorreport_state_known",
            lambda article: ErrorReport(article=article, message="No.", state="x", handled=MAY),
        ),
        ("errorreport_message_given", lambda article: ErrorReport(article=article)),
        ("errorreport_handled_has_time", lambda article: ErrorReport(article=article, message="No.", state="handled")),
        ("errorreport_handled_has_time", lambda article: ErrorReport(article=article, message="No.", handled=MAY)),
        (
            "previewlink_expires_after_it_is_made",
            lambda article: PreviewLink(article=article, digest="a", expires=datetime(2020, 1, 1, tzinfo=UTC)),
        ),
    ],
)
def test_what_is_kept_beside_an_article(constraint, make):
    article = make_article()
    refused(constraint, lambda: make(article).save())


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("picture_alt_or_decorative", {"alt": ""}),
        ("picture_alt_or_decorative", {"is_decorative": True}),
        ("picture_focal_point_inside", {"focal_x": 101}),
        ("picture_focal_point_inside", {"focal_y": 101}),
        ("picture_has_a_size", {"width": 0}),
    ],
)
def test_a_picture_must_make_sense(constraint, fields):
    refused(constraint, update(make_picture(), **fields))


def test_a_picture_is_in_an_article_once():
    article, picture = make_article(), make_picture()
    place_picture(article, picture)
    refused("articlepicture_once_an_article", lambda: ArticlePicture.objects.create(article=article, picture=picture))


@pytest.mark.parametrize(
    ("constraint", "fields"), [("author_name_given", {"key": ""}), ("author_slug_given", {"slug": ""})]
)
def test_an_author_has_a_name_and_an_address(constraint, fields):
    refused(constraint, update(make_author(), **fields))


def test_authors_never_share_an_address():
    make_author("Ana Lopez")
    refused("author_slug", lambda: Author.objects.create(name="Ana", slug="ana-lopez"))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [("byline_name_given", {"name": ""}), ("byline_role_known", {"role": "juggling"})],
)
def test_a_name_on_a_byline_must_make_sense(constraint, fields):
    refused(constraint, update(make_article(byline=("Ana Lopez",)).bylines.get(), **fields))


def test_a_name_has_one_role_once_on_a_byline():
    article = make_article(byline=("Ana Lopez",))
    Byline.objects.create(article=article, name="Ana Lopez", role="photographs")
    refused("byline_name_once_a_role", lambda: Byline.objects.create(article=article, name="Ana Lopez"))
