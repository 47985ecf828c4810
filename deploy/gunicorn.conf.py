"""How gunicorn serves Newsroom. What differs from one machine to the next comes from the environment."""

import os
import shutil
import tempfile
from pathlib import Path

bind = os.environ.get("BIND", "127.0.0.1:8000")
# Two for each core; one that has imported a story keeps the tagger in memory, and 350 MB.
workers = int(os.environ.get("WEB_CONCURRENCY", 2 * (os.cpu_count() or 1)))
# The first article that a worker reads for names loads the model, which takes long on a busy machine.
timeout = 120
graceful_timeout = 30
# Readers are kept waiting in line, not turned away, while all workers are busy.
backlog = 2048
# A worker that leaks a little is replaced before it matters, never all at once.
max_requests, max_requests_jitter = 20_000, 2_000
worker_tmp_dir = "/dev/shm"
control_socket_disable = True

# Figures of all workers are added up in this folder, which begins empty.
if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="newsroom-metrics-")
METRICS = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])


def on_starting(server):
    METRICS.mkdir(parents=True, exist_ok=True)
    for file in METRICS.glob("*.db"):
        file.unlink(missing_ok=True)


def child_exit(server, worker):
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)


def on_exit(server):
    if METRICS.name.startswith("newsroom-metrics-"):
        shutil.rmtree(METRICS, ignore_errors=True)
