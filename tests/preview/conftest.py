from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from running_preview import RunningPreview, running
from site_trees import copy_sample


@pytest.fixture
def built(tmp_path: Path) -> Iterator[RunningPreview]:
    """A preview of a copy of the sample project, free to be changed, after its first build."""
    with running(copy_sample(tmp_path)) as preview:
        assert preview.report().built
        yield preview


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPreview]:
    """A preview of the sample project that is only looked at."""
    with running(copy_sample(tmp_path_factory.mktemp("served"))) as preview:
        assert preview.report().built
        yield preview
