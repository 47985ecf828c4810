from __future__ import annotations

from pathlib import Path

from django.conf import settings

from articles.backups.errors import BackupError

SHORTEST = 12


def key_from(file: Path | None) -> str:
    """The passphrase of backups: the first line of `file`, or the setting; empty where backups are not encrypted.

    Raises:
        BackupError: the file cannot be read, or what is given is too short to keep anything secret.
    """
    key = str(settings.NEWSROOM_BACKUP_KEY)
    if file is not None:
        try:
            key = file.read_text(encoding="utf-8").partition("\n")[0].strip()
        except (OSError, UnicodeDecodeError) as error:
            raise BackupError(f"“{file}” cannot be read: {error}") from error
        if not key:
            raise BackupError(f"“{file}” holds no key in its first line")
    if key and len(key) < SHORTEST:
        raise BackupError(f"the key has fewer than {SHORTEST} characters")
    return key
