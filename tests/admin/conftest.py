"""Editors with and without permissions, and the fields that the article form sends."""

import pytest
from django.contrib.auth.models import Permission, User


@pytest.fixture
def editor(admin_user):
    return admin_user


@pytest.fixture
def staff(db, client):
    """A function that logs in somebody with the permissions named: `staff("view_article")`."""

    def log_in(*permissions):
        user = User.objects.create_user("reporter", password="x", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def article_form():
    """What a browser sends for an article, changed where a test says so."""

    def form(**changes):
        empty = {
            "headline": "Ferry to sail again",
            "standfirst": "",
            "dateline_place": "",
            "dateline_agency": "",
            "body": "<p>The ferry sails again.</p>",
            "published_0": "",
            "published_1": "",
            "publisher": "",
            "address": "",
            "language": "",
            "slug": "",
            "end_notes": "",
            **{f"{rows}-{count}_FORMS": 0 for rows in ("bylines", "pictures") for count in ("TOTAL", "INITIAL")},
        }
        return {**empty, **changes}

    return form
