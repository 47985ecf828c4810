"""The desk as a whole: its name, its order, and a policy that lets no inline script or style run."""

import re

import pytest
from django.urls import reverse

from tests.factories import make_article

INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|javascript:", re.IGNORECASE)


def test_the_desk_bears_the_newsrooms_name(admin_client, settings):
    settings.NEWSROOM_NAME = "Coast Herald"
    page = admin_client.get("/admin/").content.decode()
    assert "<title>Editors’ desk · Coast Herald</title>" in page


def test_records_stand_in_an_editors_order(admin_client):
    apps = admin_client.get("/admin/").context["app_list"]
    assert [app["app_label"] for app in apps] == ["articles", "auth"]
    assert [model["object_name"] for model in apps[0]["models"]] == [
        "Article",
        "FrontPagePlace",
        "Picture",
        "Author",
        "Person",
        "Organisation",
        "Location",
        "Quote",
        "Tag",
        "Section",
        "Series",
        "ErrorReport",
        "Correction",
        "DuplicatePair",
        "StoryPair",
        "Appearance",
        "Role",
        "ProposedTag",
        "Feed",
        "ArchiveRun",
        "ArticleImport",
        "Decision",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "index",
        "articles_article_changelist",
        "articles_article_add",
        "articles_article_import",
        "articles_person_add",
        "articles_tag_add",
        "articles_tag_merge",
        "articles_decision_changelist",
    ],
)
def test_pages_bring_no_inline_script_or_style(admin_client, name):
    make_article()
    page = admin_client.get(reverse(f"admin:{name}")).content.decode()
    assert INLINE.findall(page) == []


def test_the_policy_of_the_desk_is_that_of_the_site(admin_client):
    policy = admin_client.get("/admin/")["Content-Security-Policy"]
    assert "script-src 'self';" in f"{policy};"
    assert "unsafe" not in policy
