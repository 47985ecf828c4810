"""How this newsroom is run; what keeps it safe stands in `security.py`.

Every value of a newsroom's own comes from the environment, or from a file `.env` beside
`manage.py`; `docs/settings.md` lists each one with its default.
"""

from pathlib import Path

import django
from django.core.management.utils import get_random_secret_key

from articles.searching.server import server_at
from newsroom.environment import BASE_DIR, VAR_DIR, env
from newsroom.media import storages_of
from newsroom.security import *  # noqa: F403
from newsroom.security import CSP_MIDDLEWARE
from newsroom.watch.logs import logging_of
from newsroom.watch.mail import admins, mail_settings


def local_secret_key(path: Path) -> str:
    """Read this machine's key from `path`; write a new one there on the first run."""
    try:
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(get_random_secret_key(), encoding="ascii")
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or local_secret_key(VAR_DIR / "secret-key")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

NEWSROOM_NAME = OTP_TOTP_ISSUER = env.str("NEWSROOM_NAME", default="Newsroom")
# The address of the front page, for what is read elsewhere; empty for that by which each request came.
NEWSROOM_URL = env.str("NEWSROOM_URL", default="")
# The WebSub hub that is told what feeds have news; empty for none.
NEWSROOM_WEBSUB_HUB = env.str("NEWSROOM_WEBSUB_HUB", default="")
# Names that are to the letter those of verified records are accepted as they come in.
NEWSROOM_ACCEPT_VERIFIED = env.bool("NEWSROOM_ACCEPT_VERIFIED", default=False)
# Larger documents are refused before they are read.
NEWSROOM_MAX_DOCUMENT_BYTES = env.int("NEWSROOM_MAX_DOCUMENT_BYTES", default=10_000_000)
# Hosts that documents may be fetched from although they are not on the public internet, and how long that may take.
NEWSROOM_FETCH_HOSTS = env.list("NEWSROOM_FETCH_HOSTS", default=[])
NEWSROOM_FETCH_SECONDS = env.int("NEWSROOM_FETCH_SECONDS", default=30)
# A pasted document may be as large as a file; the rest of its form is small.
DATA_UPLOAD_MAX_MEMORY_SIZE = NEWSROOM_MAX_DOCUMENT_BYTES + 100_000
# Larger pictures are refused, by their bytes before and by their pixels without unpacking them.
NEWSROOM_MAX_PICTURE_BYTES = env.int("NEWSROOM_MAX_PICTURE_BYTES", default=30_000_000)
NEWSROOM_MAX_PICTURE_PIXELS = env.int("NEWSROOM_MAX_PICTURE_PIXELS", default=80_000_000)
# Where pages are kept as files until something they show changes; empty for nowhere.
NEWSROOM_PAGE_FILES = "" if DEBUG else env.str("NEWSROOM_PAGE_FILES", default=str(VAR_DIR / "pages"))
# What is dear to render of a page is kept in the database until something it shows changes.
NEWSROOM_KEEP_PARTS = env.bool("NEWSROOM_KEEP_PARTS", default=not DEBUG)
# What reads a story first, by its language: a dotted path to what returns a `Tagger`, or “spacy:” and a pipeline.
# The environment adds to it: “de=spacy:de_core_news_sm,nl=newsdesk.taggers.dutch”.
NEWSROOM_TAGGERS = {"en": "articles.extraction.tagger.predict.shipped_tagger"} | {
    language.strip(): name.strip()
    for language, _, name in (pair.partition("=") for pair in env.list("NEWSROOM_TAGGERS", default=[]))
}
# Breaking news is no news any more after so many hours, where the editor says nothing else.
NEWSROOM_BREAKING_HOURS = env.int("NEWSROOM_BREAKING_HOURS", default=6)
# Where identifiers of records are looked for: a service by the Reconciliation Service API.
NEWSROOM_RECONCILE_URL = env.str("NEWSROOM_RECONCILE_URL", default="")
# Where the words of the search are: empty for the database itself, or the address of a server and an index on it.
NEWSROOM_SEARCH = server_at(env.str("NEWSROOM_SEARCH", default=""))
# Which checks keep an article from being published; the others warn. Their names stand in articles/editing/checks.py.
NEWSROOM_PUBLISHING_BLOCKS = env.list("NEWSROOM_PUBLISHING_BLOCKS", default=["headline"])
# So many reports of errors are taken from one network address within an hour.
NEWSROOM_REPORTS_PER_HOUR = env.int("NEWSROOM_REPORTS_PER_HOUR", default=20)
# So many requests to the API are answered to one network address within a minute; 0 for no limit.
NEWSROOM_API_REQUESTS_PER_MINUTE = env.int("NEWSROOM_API_REQUESTS_PER_MINUTE", default=300)
# So many proxies of our own stand before the program, each of which adds to the header X-Forwarded-For.
NEWSROOM_PROXIES = env.int("NEWSROOM_PROXIES", default=0)
# Backups are encrypted with it, where it is set.
NEWSROOM_BACKUP_KEY = env.str("NEWSROOM_BACKUP_KEY", default="")
# Who may read the figures at /metrics: whoever shows the token, or asks from one of the networks.
NEWSROOM_METRICS_TOKEN = env.str("NEWSROOM_METRICS_TOKEN", default="")
NEWSROOM_METRICS_NETWORKS = env.list("NEWSROOM_METRICS_NETWORKS", default=[])

INSTALLED_APPS = [
    "articles",
    "newsroom.apps.EditorsConfig",
    "newsroom.accounts.apps.AccountsConfig",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django_prose_editor",
    "taggit",
]

MIDDLEWARE = [
    "newsroom.watch.requests.Watched",
    "django.middleware.security.SecurityMiddleware",
    "newsroom.headers.PermissionsPolicy",
    CSP_MIDDLEWARE,
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "newsroom.accounts.required.SecondFactorRequired",
    "newsroom.accounts.sessions.Seen",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    # The innermost: what comes from a file gets every header that a page gets.
    "articles.site.moved.FormerAddresses",
    "articles.site.stored_pages.StoredPages",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.site.context.newsroom",
            ],
        },
    },
]

# Database: SQLite in a file unless DATABASE_URL names another one.

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}")}
database = DATABASES["default"]
if database["ENGINE"] == "django.db.backends.sqlite3":
    # Tests use a file, too: threads of one process cannot share a database in memory without locking each other out.
    database["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
    # To open the file takes longer than to ask it. With DEBUG each page has a thread, and a connection, of its own.
    database["CONN_MAX_AGE"] = 0 if DEBUG else env.int("DATABASE_CONN_MAX_AGE", default=60)
    database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000; PRAGMA foreign_keys=ON;"
        ),
    }
else:
    # The search needs it there; on SQLite it would only load a driver that nothing uses.
    INSTALLED_APPS.append("django.contrib.postgres")
    # The queue of jobs, which PostgreSQL alone can hold.
    INSTALLED_APPS.append("procrastinate.contrib.django")
    database["OPTIONS"] = {**database.get("OPTIONS", {}), "pool": env.bool("DATABASE_POOL", default=True)}

# A copy of the database that readers' pages are read from.
if env.str("DATABASE_REPLICA_URL", default=""):
    replica = env.db_url("DATABASE_REPLICA_URL")
    DATABASES["replica"] = {**replica, "OPTIONS": {**replica.get("OPTIONS", {}), **database["OPTIONS"]}}
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
    DATABASE_ROUTERS = ["newsroom.replica.ReplicaRouter"]
    MIDDLEWARE.insert(MIDDLEWARE.index(CSP_MIDDLEWARE), "newsroom.replica.ReadsFromReplica")

PROCRASTINATE_ON_APP_READY = "articles.importing.queue.add_to"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
# A worker that is to end has its jobs given back at once, at their next batch. Jobs that are done are forgotten.
PROCRASTINATE_WORKER_DEFAULTS = {"shutdown_graceful_timeout": 0, "delete_jobs": "successful"}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en-gb")
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
# Pictures, served by the view at this address: they are not files for anybody to read.
MEDIA_URL = "media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = storages_of(env.str("NEWSROOM_MEDIA_STORAGE", default=""))
# Served straight from the packages, so that no collectstatic is needed before the first page.
WHITENOISE_USE_FINDERS = True

TAGGIT_CASE_INSENSITIVE = True

# Watching.

ADMINS = admins(env.list("ADMINS", default=[]), version=django.VERSION)
SERVER_EMAIL = DEFAULT_FROM_EMAIL = env.str("SERVER_EMAIL", default="newsroom@localhost")
EMAIL_SUBJECT_PREFIX = f"[{NEWSROOM_NAME}] "
vars().update(mail_settings(env.email_url("EMAIL_URL", default="smtp://localhost:25"), version=django.VERSION))
LOGGING = logging_of(
    form=env.str("NEWSROOM_LOGS", default="plain"),
    level=env.str("LOG_LEVEL", default="WARNING"),
    mails=bool(ADMINS),
)
