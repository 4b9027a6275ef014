"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

pytest_plugins = ["tests.databases"]

# Shared machines are slow now and then; how long an example takes is for benchmarks to say.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
