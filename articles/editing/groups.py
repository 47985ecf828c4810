"""What each group may do: one table, which `manage.py migrate` carries out and docs/permissions.md prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.contrib.auth.management import create_permissions

GROUPS = ("Reporter", "Editor", "Chief", "Administrator")
EVERYBODY, DESK, CHIEFS, ADMINISTRATORS = GROUPS, GROUPS[1:], GROUPS[2:], GROUPS[3:]


@dataclass(frozen=True, slots=True)
class Duty:
    """Something people do, the groups whose business it is, and the permissions that it takes.

    `permissions` are those of the app “articles”, “verb_model” each; several verbs or models are told apart by “|”.
    """

    words: str
    groups: tuple[str, ...]
    permissions: tuple[str, ...]

    def names(self) -> list[str]:
        """“view|change_quote|role” in full: “articles.view_quote”, “articles.view_role”, “articles.change_quote” …"""
        found = []
        for said in self.permissions:
            app, _dot, short = said.rpartition(".")
            verbs, _line, models = short.partition("_")
            found += [f"{app or 'articles'}.{v}_{m}" for v in verbs.split("|") for m in models.split("|")]
        return found


RECORDS = "person|organisation|location"
DUTIES = (
    Duty(
        "Read articles, names, quotations, tags, corrections, sections and pictures",
        EVERYBODY,
        (
            f"view_article|{RECORDS}|entity|alias|identifier|quote|appearance|role|proposedtag|tag|tagsynonym",
            "view_section|series|frontpageplace|author|picture|correction",
        ),
    ),
    Duty(
        "Write articles and edit their own until they are ready; import one document",
        EVERYBODY,
        ("add|change_article", "add|change_picture"),
    ),
    Duty(
        "Decide about names, quotations and tags of articles that are not published",
        EVERYBODY,
        ("change_appearance|quote|role|proposedtag",),
    ),
    Duty(
        "Edit the articles of others and those that are ready or published, and decide about what they say",
        DESK,
        ("edit_others_article",),
    ),
    Duty("Publish, schedule and correct", DESK, ("publish_article", "change_correction")),
    Duty("Arrange the front page", DESK, ("change_frontpageplace",)),
    Duty("Set up sections, series and authors", DESK, ("add|change_section|series|author",)),
    Duty(
        "Edit and merge people, organisations and locations, and answer likely duplicates",
        DESK,
        (f"add|change_{RECORDS}", "add|change|delete_alias|identifier", "view|change_duplicatepair|storypair"),
    ),
    Duty("Rename and merge tags", DESK, ("add|change_tag", "add|change|delete_tagsynonym")),
    Duty("Answer readers who report errors", DESK, ("view|change_errorreport",)),
    Duty("Withdraw articles and reinstate them", CHIEFS, ("withdraw_article",)),
    Duty("See the embargoed articles of others", CHIEFS, ("see_embargoed_article",)),
    Duty("Import many documents at once", CHIEFS, ("import_articles",)),
    Duty("Subscribe to feeds and poll them", CHIEFS, ("add|change|delete|view_feed",)),
    Duty("Read the log of decisions and of imports", CHIEFS, ("view_decision|articleimport|archiverun",)),
    Duty(
        "Delete",
        CHIEFS,
        (f"delete_article|{RECORDS}|quote|appearance|role|proposedtag|tag|section|series|author|picture",),
    ),
    Duty("Manage accounts and groups", ADMINISTRATORS, ("auth.add|change|delete|view_user|group",)),
)
# What no form asks for: these rows come and go with those that they belong to.
NOBODYS = (
    "add|change|delete_entity",
    "add|delete_frontpageplace|duplicatepair|storypair|decision|articleimport|archiverun|errorreport|correction",
    "change_decision|articleimport|archiverun",
    "add_appearance|quote|role|proposedtag",
    "add|change|delete|view_merge|movedrow|namekey|namepart|tagaddress|taggedarticle|taggedentity|taggedquote|tagmerge",
    "add|change|delete|view_relatedarticle|byline|articlepicture|articleversion|removedrecord|draft|presence",
    "add|change|delete|view_desknote|previewlink|grant|feeditem|storyband",
)


def permissions_of(group: str) -> set[str]:
    return {name for duty in DUTIES if group in duty.groups for name in duty.names()}


def give_permissions(*, using: str, apps: Any) -> None:
    """Make the groups and give each what the table says, once: what an administrator changes later stays changed.

    A permission that is new in the table, or whose model is new, is given by the next `manage.py migrate`.
    """
    for label in {name.partition(".")[0] for group in GROUPS for name in permissions_of(group)}:
        create_permissions(installed.get_app_config(label), verbosity=0, using=using, apps=apps)
    rows = apps.get_model("auth", "Permission").objects.using(using).select_related("content_type")
    there = {f"{row.content_type.app_label}.{row.codename}": row for row in rows}
    grants = apps.get_model("articles", "Grant").objects.using(using)
    for name in GROUPS:
        given = set(grants.filter(group=name).values_list("permission", flat=True))
        new = sorted((permissions_of(name) & there.keys()) - given)
        groups = apps.get_model("auth", "Group").objects.using(using)
        group = groups.filter(name=name).first() if given else groups.get_or_create(name=name)[0]
        if new and group:
            group.permissions.add(*(there[permission] for permission in new))
            grants.bulk_create(grants.model(group=name, permission=permission) for permission in new)


def after_migrate(sender: AppConfig, *, using: str, apps: Any = installed, **kwargs: object) -> None:
    """Permissions are rows that Django makes after all migrations, so that no migration can give them."""
    try:
        apps.get_model("articles", "Grant")
    except LookupError:
        return  # migrated back to before there were groups
    give_permissions(using=using, apps=apps)
