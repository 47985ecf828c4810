"""A form takes what it asks for and nothing else, of the record it is about and no other; readers' pages take nothing.

Each form is sent as a browser would, with every field of the record that it does not ask for put beside.
"""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import models
from django.test import Client
from django.urls import reverse
from lxml import html

from articles.models import Article, Byline, ErrorReport, FrontPagePlace
from tests.access import client_of, make_accounts, make_archive, paths_of, routes
from tests.rows import dump

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
# Whose forms these are: somebody with few rights, and somebody with those of the desk and over accounts.
LETTERS = "RA"
# Fields that change with each time a record is saved.
MOVING = {"modified", "updated", "last_login", "touched", "revision"}


def form_of(page, model):
    """What a browser sends for the form of a record, and the names of its fields; None where it has none."""
    tree = html.fromstring(page.content.decode())
    forms = [form for form in tree.forms if form.get("id") == f"{model._meta.model_name}_form"]
    if not forms:
        return None
    sent = {}
    for name, value in forms[0].form_values():
        sent.setdefault(name, []).append(value)
    return sent, {name for name in forms[0].fields if name}


def other_value(field, row):
    """A value of the field's own kind that the record does not have."""
    now = getattr(row, field.attname)
    if isinstance(field, models.ForeignKey):
        other = field.related_model._base_manager.exclude(pk=now).values_list("pk", flat=True).first()
        return str(other or 999)
    if field.choices:
        return next(str(value) for value, _label in field.flatchoices if value != now)
    if isinstance(field, models.BooleanField):
        return "" if now else "on"
    if isinstance(field, models.DateField):
        return "2019-04-01 09:30" if isinstance(field, models.DateTimeField) else "2019-04-01"
    if isinstance(field, models.IntegerField | models.FloatField | models.DecimalField):
        return "77"
    if isinstance(field, models.JSONField):
        return '["other"]'
    return "other"


def hidden_values(row, asked):
    """Every field of the record that the form does not ask for, dates also in two parts as forms have them."""
    values = {}
    for field in row._meta.concrete_fields:
        names = {field.name, f"{field.name}_0", field.attname}
        if field.primary_key or names & asked:
            continue
        value = other_value(field, row)
        values |= {field.name: value, field.attname: value}
        if isinstance(field, models.DateTimeField):
            values |= {f"{field.name}_0": "2019-04-01", f"{field.name}_1": "09:30"}
    return values


def state(row, fields):
    fresh = type(row)._base_manager.get(pk=row.pk)
    return {name: getattr(fresh, name) for name in fields if name not in MOVING}


@pytest.mark.parametrize("letter", LETTERS)
def test_a_form_takes_nothing_that_it_does_not_ask_for(letter):
    accounts, _stories = make_accounts(), make_archive()
    Article.objects.filter(status="draft", embargo=None).update(created_by=accounts["R"])
    client, tried, taken = client_of(accounts[letter]), set(), []
    for model in admin.site._registry.keys() - {FrontPagePlace}:
        for row in model._base_manager.order_by("pk")[:2]:
            path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
            page = client.get(path)
            found = form_of(page, model) if page.status_code == 200 else None
            if found is None:
                continue
            sent, asked = found
            client.post(path, {**sent, "_continue": "1"})  # what saving does by itself is done
            page = client.get(path)
            if page.status_code != 200 or (found := form_of(page, model)) is None:
                continue
            sent, asked = found
            row.refresh_from_db()
            values = hidden_values(row, asked)
            fields = [field.attname for field in model._meta.concrete_fields if field.attname in values]
            before = state(row, fields)
            response = client.post(path, {**sent, **values, "_continue": "1"})
            after = state(row, fields)
            taken += [
                f"{path} {name}: {before[name]!r} became {after[name]!r}"
                for name in before
                if before[name] != after[name]
            ]
            if response.status_code == 302:
                tried.add(model._meta.model_name)
    assert taken == []
    least = {"R": {"article"}, "A": {"user", "group", "article", "person", "tag", "quote"}}
    assert least[letter] - tried == set()  # these were really saved


def test_a_row_of_somebody_elses_article_is_not_changed_through_ones_own():
    accounts, stories = make_accounts(), make_archive()
    own, hidden = stories["draft"], stories["hidden"]
    Article.objects.filter(pk=own.pk).update(created_by=accounts["R"])
    foreign = Byline.objects.create(article=hidden, name="Ife Balogun", position=1)
    mine = Byline.objects.create(article=own, name="Ana Lopez", position=1)
    client = client_of(accounts["R"])
    path = reverse("admin:articles_article_change", args=[own.pk])
    sent, _asked = form_of(client.get(path), Article)
    numbers = [name for name, value in sent.items() if name.startswith("bylines-") and name.endswith("-id")]
    assert numbers
    changed = {**sent, numbers[0]: [str(foreign.pk)], numbers[0].replace("-id", "-name"): ["Mine now"]}
    client.post(path, changed)
    client.post(path, {**changed, numbers[0].replace("-id", "-article"): [str(hidden.pk)]})
    client.post(path, {**changed, numbers[0].replace("-id", "-DELETE"): ["on"]})
    foreign.refresh_from_db()
    assert (foreign.name, foreign.article_id) == ("Ife Balogun", hidden.pk)
    assert Byline.objects.filter(pk=mine.pk, article=own).exists()


# What readers may send: a report of an error, and questions of programs.
SENT = {"articles/<words:slug>/report/", "reconcile"}


def test_readers_pages_take_nothing():
    make_archive()
    client, before, wrong = Client(), dump(), []
    sent = {"status": "published", "headline": "Mine now", "name": "Mine now", "id": "1", "_method": "DELETE"}
    for route in routes():
        if route.startswith("admin/") or route in SENT:
            continue
        for path in paths_of(route)[:2]:
            for method in (client.post, client.put, client.patch, client.delete):
                response = method(
                    path, sent, content_type="application/json", headers={"X-HTTP-Method-Override": "DELETE"}
                )
                if response.status_code >= 500:
                    wrong.append(f"{path}: {response.status_code}")
    assert wrong == []
    assert dump() == before


def test_a_report_says_nothing_about_itself_but_what_is_asked():
    article = make_archive()["published"]
    root = User.objects.create_superuser("root")
    sent = {
        "message": "It closed on Friday.",
        "state": "handled",
        "handled_by": root.pk,
        "article": "999",
        "note": "Done",
    }
    Client().post(f"/articles/{article.slug}/report/", sent)
    report = ErrorReport.objects.latest("pk")
    assert (report.article, report.state, report.handled_by) == (article, "open", None)


def test_nobody_joins_a_group_by_their_own_form():
    accounts, _stories = make_accounts(), make_archive()
    reporter, chief = accounts["R"], Group.objects.get(name="Chief")
    client = client_of(reporter)
    sent = {"groups": [chief.pk], "is_superuser": "on", "is_staff": "on", "username": "reporter"}
    for path in (f"/admin/auth/user/{reporter.pk}/change/", "/admin/account/", "/admin/password_change/"):
        client.post(path, sent)
    reporter.refresh_from_db()
    assert (reporter.is_superuser, [group.name for group in reporter.groups.all()]) == (False, ["Reporter"])
