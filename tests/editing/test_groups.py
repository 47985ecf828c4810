"""The groups, as the table gives them their permissions, and as docs/permissions.md prints it."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

from articles.editing.groups import DUTIES, GROUPS, NOBODYS, Duty, give_permissions, permissions_of
from articles.models import Grant

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "permissions.md"


def names(permissions):
    return {f"{each.content_type.app_label}.{each.codename}" for each in permissions.select_related("content_type")}


def again():
    give_permissions(using="default", apps=apps)


@pytest.mark.parametrize("name", GROUPS)
def test_a_fresh_database_has_the_groups_of_the_table(name):
    assert names(Group.objects.get(name=name).permissions) == permissions_of(name)


def test_each_group_may_all_that_the_one_before_it_may():
    sets = [permissions_of(name) for name in GROUPS]
    assert all(before < after for before, after in pairwise(sets))


def test_every_permission_is_given_or_said_to_be_nobodys():
    there = names(Permission.objects.filter(content_type__app_label="articles"))
    nobodys = set(Duty("", (), NOBODYS).names())
    assert sorted(there - permissions_of("Administrator") - nobodys) == [], "add it to the table in editing/groups.py"
    assert sorted((nobodys | permissions_of("Chief")) - there) == [], "no such permission"
    assert not nobodys & permissions_of("Administrator")


def test_what_an_administrator_takes_away_or_gives_stays_so():
    reporters = Group.objects.get(name="Reporter")
    lost = Permission.objects.get(codename="view_section")
    found = Permission.objects.get(codename="publish_article")
    reporters.permissions.remove(lost)
    reporters.permissions.add(found)
    call_command("migrate", verbosity=0)
    assert names(reporters.permissions) == (permissions_of("Reporter") - {"articles.view_section"}) | {
        "articles.publish_article"
    }


def test_what_an_update_adds_to_the_table_is_given_once():
    editors = Group.objects.get(name="Editor")
    publish = Permission.objects.get(codename="publish_article")
    editors.permissions.remove(publish)
    Grant.objects.filter(group="Editor", permission="articles.publish_article").delete()
    again()
    assert publish in editors.permissions.all()
    editors.permissions.remove(publish)
    again()
    assert publish not in editors.permissions.all()


def test_a_group_that_was_deleted_is_not_made_again():
    Group.objects.get(name="Reporter").delete()
    Grant.objects.filter(permission="articles.view_section").delete()  # as where an update adds it
    again()
    assert not Group.objects.filter(name="Reporter").exists()


def test_permissions_whose_rows_are_not_there_yet_are_made_first():
    Permission.objects.all().delete()
    Grant.objects.all().delete()
    again()
    assert names(Group.objects.get(name="Chief").permissions) == permissions_of("Chief")


def test_no_account_is_put_into_a_group():
    User.objects.create_user("ana")
    again()
    assert not User.groups.through.objects.exists()


def test_the_documentation_prints_the_table():
    rows = re.findall(r"^\| (.+?) \| (yes|–) \| (yes|–) \| (yes|–) \| (yes|–) \|$", DOCS.read_text("utf-8"), re.M)
    assert rows == [(duty.words, *("yes" if name in duty.groups else "–" for name in GROUPS)) for duty in DUTIES]
