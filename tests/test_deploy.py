"""The files that a newsroom is set up with say what they should to the programs that read them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
CODE = "".join(path.read_text("utf-8") for path in (ROOT / "newsroom").glob("*.py"))
SETTINGS = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', CODE))
GUNICORN = set(re.findall(r'environ(?:\.get\()?\[?"([A-Z_]+)"', (DEPLOY / "gunicorn.conf.py").read_text("utf-8")))


def needs(program):
    return pytest.mark.skipif(not shutil.which(program), reason=f"{program} is not installed")


@needs("systemd-analyze")
def test_systemd_reads_the_units(tmp_path):
    """With stand-ins for the program, which is not installed at its place here."""
    home = tmp_path / "newsroom"
    for name in ("gunicorn", "python"):
        (home / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
        (home / ".venv" / "bin" / name).write_text("#!/bin/sh\n")
        (home / ".venv" / "bin" / name).chmod(0o755)
    units = []
    for unit in sorted((DEPLOY / "systemd").iterdir()):
        copied = tmp_path / unit.name
        copied.write_text(unit.read_text("utf-8").replace("/srv/newsroom", str(home)))
        units.append(str(copied))
    assert len(units) == 5
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
    own = [line for line in done.stderr.splitlines() if "newsroom" in line]
    assert (done.returncode, own) == (0, [])


def test_services_run_commands_that_are_there():
    from django.core.management import get_commands, load_command_class

    # PostgreSQL has this one alone.
    known = {**get_commands(), "procrastinate": "procrastinate.contrib.django"}
    units = [re.findall(r"manage\.py (.+)", unit.read_text("utf-8")) for unit in (DEPLOY / "systemd").glob("*.service")]
    containers = [service.get("command", []) for service in services().values()]
    commands = [line.split() for lines in units for line in lines]
    commands += [command[2:] for command in containers if command[:2] == ["python", "manage.py"]]
    names = {name for name, *_ in commands}
    assert names == {"backup", "migrate", "procrastinate", "run_scheduled"}
    for name, *options in commands:
        load_command_class(known[name], name).create_parser("manage.py", name).parse_args(options)


def services():
    return yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]


@needs("nginx")
@pytest.mark.parametrize("name", ["newsroom.conf", "compose.conf"])
def test_nginx_reads_its_files(tmp_path, name):
    key, certificate = self_signed(tmp_path)
    said = (DEPLOY / "nginx" / name).read_text("utf-8")
    said = said.replace("/etc/ssl/private/news.example.org.key", str(key))
    said = said.replace("/etc/ssl/certs/news.example.org.pem", str(certificate))
    said = re.sub(r"include \S+/locations\.conf", f"include {DEPLOY}/nginx/locations.conf", said)
    # Names of other containers are known to these alone.
    said = said.replace("server web:8000", "server 127.0.0.1:8000")
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/nginx.pid; error_log {tmp_path}/error.log; events {{}} http {{ access_log off; {said} }}"
    )
    done = subprocess.run(["nginx", "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def self_signed(folder):
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), 1, datetime.now(UTC), datetime.now(UTC) + timedelta(1)
    )
    certificate = builder.sign(key, hashes.SHA256())
    plain = serialization.NoEncryption()
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(encoding, form, plain))
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(encoding))
    return folder / "key.pem", folder / "certificate.pem"


def test_gunicorn_reads_its_file():
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "deploy/gunicorn.conf.py",
        "--check-config",
        "newsroom.wsgi",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_containers_write_nothing_but_their_volumes_and_get_settings_that_exist():
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    assert {name for name, service in services().items() if not service.get("read_only")} == {"database"}
    for name, service in services().items():
        for volume in service["volumes"]:
            source = volume.partition(":")[0]
            assert source in compose["volumes"] or (ROOT / source).exists(), f"{name}: {volume}"
        if service.get("image") == "newsroom":
            assert set(service["environment"]) <= SETTINGS | GUNICORN | {"FORWARDED_ALLOW_IPS"}
            assert service["cap_drop"] == ["ALL"]
    image = (ROOT / "Dockerfile").read_text("utf-8")
    named = set(re.findall(r"\b(NEWSROOM_[A-Z_]+)=", image))
    assert named
    assert named <= SETTINGS | GUNICORN
    assert re.search(r"^USER newsroom$", image, re.MULTILINE)
