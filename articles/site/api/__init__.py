"""The archive for programs: read-only, of what readers see, as JSON under /api/v1/."""
