from __future__ import annotations


class BackupError(Exception):
    """A backup cannot be written or read; the message names the file, or what stands in the way."""
