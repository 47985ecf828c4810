# Newsroom, served by gunicorn as a user who owns no program. All that is written goes to /var/lib/newsroom, the kept pages
# to /var/cache/newsroom, which a proxy may read, and what is passing to /tmp.

FROM python:3.13-slim AS build
WORKDIR /srv/newsroom
COPY . .
RUN python -m venv .venv \
 && .venv/bin/pip install --no-cache-dir --disable-pip-version-check --constraint requirements.lock \
      --editable '.[production,opensearch]' \
 && .venv/bin/pip uninstall --yes --quiet pip \
 && .venv/bin/python -m compileall -q articles newsroom

FROM python:3.13-slim
COPY --from=build /srv/newsroom /srv/newsroom
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin newsroom \
 && install --directory --owner newsroom --group newsroom --mode 750 /var/lib/newsroom \
 && install --directory --owner newsroom --group newsroom --mode 755 /var/cache/newsroom
WORKDIR /srv/newsroom
ENV PATH=/srv/newsroom/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    NEWSROOM_VAR_DIR=/var/lib/newsroom \
    NEWSROOM_PAGE_FILES=/var/cache/newsroom/pages \
    BIND=0.0.0.0:8000
USER newsroom
VOLUME /var/lib/newsroom /var/cache/newsroom
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "newsroom.wsgi"]
