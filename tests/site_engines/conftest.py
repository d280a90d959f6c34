from __future__ import annotations

from pathlib import Path

import pytest
from engine_samples import LABELS, MKDOCS_YML, shapes

from kb_gen.site.engines.mkdocs import MkDocsEngine


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    (folder / "mkdocs.yml").write_text(MKDOCS_YML, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def engine(project: Path) -> MkDocsEngine:
    return MkDocsEngine(project / "mkdocs.yml", shapes(), labels=LABELS, scripts=("assets/kb/site.js",))
