from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpora() -> Path:
    named = os.environ.get("KB_GEN_CORPORA")
    folder = Path(named) if named else Path(__file__).parents[2].parent / "shared" / "corpora"
    if not folder.is_dir():
        pytest.skip(f"no corpora at {folder}; KB_GEN_CORPORA names their folder")
    return folder
