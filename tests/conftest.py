"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import settings

pytest_plugins = ["tests.databases"]

# What can be made again is kept in the checkout, as `make check` does, and not in a home.
os.environ.setdefault("XDG_CACHE_HOME", str(Path(__file__).parents[1] / ".cache"))

# Shared machines are slow now and then; how long an example takes is for benchmarks to say.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
