"""Who reaches what: every address, action, button and search box, for every group and for who passes by.

The tables are complete by force: what the site has and a table has not fails with “add it to the table”. Letters stand
for accounts, as `tests/access.py` lists them.
"""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from tests.access import ACCOUNTS, SECRETS, client_of, make_accounts, make_archive, paths_of, routes
from tests.rows import dump

pytestmark = pytest.mark.django_db
# Whom the tables let in is not the database's affair; that each address asks it what it understands is.
one_database = pytest.mark.one_database


def each_of(letters):
    return [
        pytest.param(letter, id=ACCOUNTS[letter], marks=() if letter in "RS" else one_database) for letter in letters
    ]


EVERYBODY, STAFF, GROUPS, DESK = "amgRECAS", "gRECAS", "RECAS", "ECAS"
CHIEFS, ADMINISTRATORS, SUPERUSER, NOBODY = "CAS", "AS", "S", ""
# Models: who sees their lists and forms, who adds, who deletes. An article that is published is deleted by nobody.
MODELS = {
    "article": (GROUPS, GROUPS, CHIEFS),
    "appearance": (GROUPS, NOBODY, CHIEFS),
    "archiverun": (CHIEFS, NOBODY, NOBODY),
    "articleimport": (CHIEFS, NOBODY, NOBODY),
    "author": (GROUPS, DESK, CHIEFS),
    "correction": (GROUPS, NOBODY, SUPERUSER),
    "decision": (CHIEFS, NOBODY, NOBODY),
    "duplicatepair": (DESK, NOBODY, NOBODY),
    "entity": (GROUPS, NOBODY, NOBODY),
    "errorreport": (DESK, NOBODY, SUPERUSER),
    "feed": (CHIEFS, CHIEFS, CHIEFS),
    "location": (GROUPS, DESK, CHIEFS),
    "organisation": (GROUPS, DESK, CHIEFS),
    "person": (GROUPS, DESK, CHIEFS),
    "picture": (GROUPS, GROUPS, CHIEFS),
    "proposedtag": (GROUPS, NOBODY, CHIEFS),
    "quote": (GROUPS, NOBODY, CHIEFS),
    "role": (GROUPS, NOBODY, CHIEFS),
    "section": (GROUPS, DESK, CHIEFS),
    "series": (GROUPS, DESK, CHIEFS),
    "storypair": (DESK, NOBODY, SUPERUSER),
    "tag": (GROUPS, DESK, CHIEFS),
    "group": (ADMINISTRATORS, ADMINISTRATORS, ADMINISTRATORS),
    "user": (ADMINISTRATORS, ADMINISTRATORS, ADMINISTRATORS),
}
STANDARD = re.compile(r"admin/(?:articles|auth)/(\w+)/(|add/|<path:object_id>/(?:|history/|delete/|change/))$")
# Every other address of the desk.
OTHERS = {
    "admin/": STAFF,
    "admin/login/": "am",
    "admin/login/code/": NOBODY,  # nobody has a second factor
    "admin/account/": STAFF,
    "admin/account/second-factor/": STAFF,
    "admin/logout/": STAFF,
    "admin/password_change/": STAFF,
    "admin/password_change/done/": STAFF,
    "admin/jsi18n/": STAFF,
    "admin/autocomplete/": NOBODY,  # the field that it is for decides, below
    "admin/duplicates/": DESK,
    "admin/r/<int:content_type_id>/<int:object_id>/": GROUPS,
    "admin/r/<path:content_type_id>/<path:object_id>/": NOBODY,
    "admin/^(?P<app_label>…)/$": GROUPS,
    "admin/(?P<url>.*)$": NOBODY,
    "admin/articles/frontpageplace/": GROUPS,
    "admin/articles/article/import/": GROUPS,
    "admin/articles/article/review/next/": GROUPS,
    "admin/articles/article/<path:object_id>/review/": GROUPS,
    "admin/articles/article/<int:key>/history/compare/": GROUPS,
    "admin/articles/article/<int:key>/history/<int:number>/restore/": DESK,
    "admin/articles/article/<int:key>/withdraw/": CHIEFS,
    "admin/articles/article/<int:key>/links/": DESK,
    "admin/articles/article/add/draft/": GROUPS,
    "admin/articles/article/add/discard/": GROUPS,
    "admin/articles/article/<int:key>/draft/": DESK,
    "admin/articles/article/<int:key>/discard/": DESK,
    "admin/articles/decision/rules/": CHIEFS,
    "admin/articles/entity/merge/": DESK,
    "admin/articles/entity/unmerge/<int:key>/": DESK,
    "admin/articles/entity/<int:key>/split/": DESK,
    "admin/articles/entity/<int:key>/kind/": DESK,
    "admin/articles/entity/<int:key>/identifiers/": NOBODY,  # no service is chosen
    "admin/articles/tag/merge/": DESK,
    "admin/auth/user/<id>/password/": ADMINISTRATORS,
    "healthz": EVERYBODY,
    "readyz": EVERYBODY,
    "version": EVERYBODY,
    "metrics": NOBODY,  # a token or a network decides
}
# Addresses that answer forms alone.
POSTED = re.compile(r"logout/$|/(draft|discard)/$")
# The readers' addresses are open to everybody; what is not published is not there.
OPEN = re.compile(
    r"(|about-the-data|api|archive|articles|authors|corrections|people|organisations|places|quotes|records|reconcile|search|sections|series|tags)(/.*)?$"
)
FOR_PROGRAMS = re.compile(r"feed\.<|oembed|sitemap|news-sitemap|robots")
NOT_THERE = {"preview/<str:secret>/", "^media/…", "people/<words:slug>/", "organisations/<words:slug>/"}
NOT_THERE |= {"places/<words:slug>/", "authors/<words:slug>/", "records/<int:pk>/"}
NOT_THERE |= {"people/<words:one>/with/<words:other>/"}
NOT_THERE |= {f"{kind}/<words:slug>/who-said-what/" for kind in ("people", "organisations", "places", "tags")}
NOT_THERE |= {f"{kind}/<words:slug>/who-said-what.<table:form>" for kind in ("people", "organisations", "places")}
NOT_THERE |= {f"{kind}/<words:slug>/feed.<feed:form>" for kind in ("people", "organisations", "places", "authors")}
NOT_THERE |= {f"{kind}/<words:slug>/quotes/feed.<feed:form>" for kind in ("people", "organisations", "places")}
NOT_THERE |= {f"{kind}/a-z/<words:letter>/" for kind in ("people", "organisations", "places")}
NOT_THERE |= {f"api/v1/{kind}/<number>" for kind in ("authors", "locations", "organisations", "people")}
NOT_THERE |= {f"api/v1/{kind}/<number>/ftm.json" for kind in ("locations", "organisations", "people")}


def expected(route):
    """The accounts that an address is open to."""
    if route in OTHERS:
        return OTHERS[route]
    if match := STANDARD.match(route):
        model, page = match.groups()
        sees, adds, deletes = MODELS[model]
        return {"": sees, "add/": adds, "<path:object_id>/": STAFF}.get(page, deletes if "delete" in page else sees)
    if route in NOT_THERE:
        return NOBODY
    assert OPEN.match(route) or FOR_PROGRAMS.match(route), f"{route} is new: add it to the table"
    return EVERYBODY


def is_open(response):
    """A page, or a way on; not the way to the login, nor back to the desk with “it does not exist”."""
    if response.status_code in (301, 302):
        return "/login/" not in response["Location"] and response["Location"] != "/admin/"
    return response.status_code < 300


FORM = re.compile(r"admin/articles/\w+/<path:object_id>/(change/|review/)?$")
NAMED = re.compile(r'<(?:input type="submit"|button)[^>]*?\bname="([^"]+)"')


def crawl(letter):
    """What somebody reaches: the addresses that are open, what tells of the hidden article, the buttons."""
    accounts, _stories = make_accounts(), make_archive()
    client = client_of(accounts[letter])
    reached, told, buttons = set(), [], {}
    for route in routes():
        for path in paths_of(route):
            if letter in CHIEFS and route in reached and not FORM.match(route):
                break  # nothing is hidden from them: one page of a kind is enough
            response = client.post(path) if POSTED.search(route) else client.get(path)
            if is_open(response):
                reached.add(route)
            if letter not in CHIEFS:
                told += leaks(response, path)
            if response.status_code == 200 and route.startswith("admin/") and "html" in response["Content-Type"]:
                for name in NAMED.findall(response.content.decode()):
                    buttons.setdefault(name, set()).add(route)
        if POSTED.search(route) and letter != "a":
            client = client_of(accounts[letter])
    return reached, told, buttons


def leaks(response, path):
    said = b"".join(response.streaming_content) if response.streaming else response.content
    said = f"{response.get('Location', '')} {said.decode(errors='replace')}".casefold()
    if response.status_code == 404:  # the words of the address are in the box to search for
        said = re.sub(r'(type="search" name="q" value=)"[^"]*"', r"\1", said)
    return [f"{path} tells “{word}”" for word in SECRETS if word in said.replace(path.casefold(), "")]


def test_every_model_of_the_desk_is_in_the_table():
    known = {model._meta.model_name for model in admin.site._registry} - {"frontpageplace"}
    assert known == set(MODELS), "add it to the table"


# What a reporter decides about, too, as long as its article is not published.
REVIEWED = ("appearance", "proposedtag", "quote", "role")
# Buttons of the desk's forms, and who is shown them.
SHOWN = {
    STAFF: "_confirm",
    GROUPS: "_accept _addanother _continue _import _preview _reject _save _submit _unsure accept_sure index redo undo",
    DESK: "_accept_tag _add_note _approve _correct _different _dismiss _down _handle _keep_first _keep_second _make"
    " _publish _reject_tag _resolve_note"
    " _revoke _schedule _unmerge _up add answer down field first kind lead off up",
    CHIEFS: "_poll _withdraw",
    ADMINISTRATORS: "set-password",
}
BUTTONS = {name: letters for letters, names in SHOWN.items() for name in names.split()}


@pytest.mark.parametrize("letter", each_of(ACCOUNTS))
def test_each_account_reaches_what_the_table_says(letter):
    """The addresses that are open to it, the buttons that it is shown, and nothing embargoed that is not its own."""
    reached, told, shown = crawl(letter)
    wanted = {route for route in routes() if letter in expected(route)}
    assert (sorted(reached - wanted), sorted(wanted - reached)) == ([], [])
    assert told == []
    assert sorted(shown - BUTTONS.keys()) == [], "add it to the table"
    assert sorted(shown) == sorted(name for name, letters in BUTTONS.items() if letter in letters)


@one_database
@pytest.mark.parametrize("letter", each_of("amgR"))
def test_a_button_that_is_not_shown_does_nothing(letter):
    accounts, _stories = make_accounts(), make_archive()
    client, before = client_of(accounts[letter]), dump()
    pressed = {name: "1" for name, letters in BUTTONS.items() if letter not in letters}
    for route in routes():
        is_reviewed = letter == "R" and route.startswith(tuple(f"admin/articles/{model}/" for model in REVIEWED))
        if route.startswith("admin/articles/") and not POSTED.search(route) and not is_reviewed:
            for path in paths_of(route):
                client.post(path, pressed)
    assert dump() == before


# Actions of lists, beside deleting, which goes by the table of models.
ACTIONS = {
    "article": {
        "submit": GROUPS,
        "return_to_draft": GROUPS,
        "accept_all_suggestions": GROUPS,
        "link_again": GROUPS,
        "approve": DESK,
        "publish": DESK,
        "put_on_front_page": DESK,
    },
    **{model: {"accept": GROUPS, "reject": GROUPS, "mark_unsure": GROUPS} for model in REVIEWED},
    **{model: {"merge_selected": DESK} for model in ("person", "organisation", "location")},
    "errorreport": dict.fromkeys(["handle", "dismiss", "reopen"], DESK),
    "feed": {"poll_now": CHIEFS},
    "storypair": {"tell_apart": DESK},
    "tag": {"merge": DESK},
    "user": dict.fromkeys(["remove_second_factor", "sign_out"], ADMINISTRATORS),
}


@one_database
@pytest.mark.parametrize("model", MODELS)
def test_actions_are_offered_to_whom_the_table_says(model):
    accounts = make_accounts()
    label = "auth" if model in ("group", "user") else "articles"
    record_admin = admin.site._registry[apps.get_model(label, model)]
    offered = {}
    for letter in STAFF:
        request = RequestFactory().get("/")
        request.user = accounts[letter]
        for name in record_admin.get_actions(request):
            offered[name] = offered.get(name, "") + letter
    deletes = {"delete_selected": MODELS[model][2]} if MODELS[model][2] else {}
    assert offered == {**ACTIONS.get(model, {}), **deletes}, "add it to the table"


@one_database
@pytest.mark.parametrize("letter", each_of("amgR"))
def test_actions_touch_nothing_that_is_not_theirs(letter):
    accounts, _stories = make_accounts(), make_archive()
    client, before = client_of(accounts[letter]), dump()
    for model in MODELS.keys() - {"group", "user", *(REVIEWED if letter == "R" else ())}:
        keys = [row.pk for row in apps.get_model("articles", model)._base_manager.all()]
        for action in [*ACTIONS.get(model, {}), "delete_selected"]:
            sent = {"action": action, "_selected_action": keys, "post": "yes"}
            client.post(reverse(f"admin:articles_{model}_changelist"), sent)
    assert dump() == before


def sources():
    """The fields whose values can be searched for."""
    for model in apps.get_app_config("articles").get_models():
        for field in model._meta.get_fields():
            record_admin = admin.site._registry.get(field.related_model) if field.concrete else None
            if record_admin and record_admin.search_fields and field.many_to_one | field.one_to_one:
                yield model._meta.model_name, field.name, field.related_model._meta.model_name


@pytest.mark.parametrize("letter", each_of(ACCOUNTS))
def test_search_boxes_answer_whom_the_table_says_and_hide_what_is_embargoed(letter):
    accounts, _stories = make_accounts(), make_archive()
    client = client_of(accounts[letter])
    for model, field, found in sources():
        for term in ("", *(word[:4] for word in SECRETS)):
            asked = {"app_label": "articles", "model_name": model, "field_name": field, "term": term}
            response = client.get(reverse("admin:autocomplete"), asked)
            assert (response.status_code == 200) == (letter in MODELS[found][0]), f"{model}.{field}"
            assert letter in CHIEFS or leaks(response, "") == [], f"{model}.{field}"


@one_database
@pytest.mark.parametrize("letter", each_of("gRE"))
@pytest.mark.parametrize("word", SECRETS)
def test_lists_find_nothing_that_is_embargoed(letter, word):
    accounts, _stories = make_accounts(), make_archive()
    client = client_of(accounts[letter])
    lists = [reverse(f"admin:articles_{model}_changelist") for model in MODELS.keys() - {"group", "user"}]
    for path in [*lists, reverse("search"), reverse("reconcile-suggest")]:
        response = client.get(path, {"q": f"{word[:4]}*", "prefix": word[:4]})
        assert leaks(response, "") == [], path


def test_who_may_see_what_is_embargoed_finds_it():
    accounts, stories = make_accounts(), make_archive()
    for user in (accounts["C"], stories["colleague"]):
        user.groups.add(accounts["R"].groups.get())
        page = client_of(user).get(reverse("admin:articles_article_changelist"), {"q": "xana*"})
        assert stories["hidden"].headline in page.content.decode()
        assert client_of(user).get(stories["hidden"].get_absolute_url()).status_code == 200
