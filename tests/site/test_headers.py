"""What web servers send with the pages."""

from __future__ import annotations

import shutil
import subprocess
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from kb_gen.site.headers import content_security_policy, header_files

SCRIPT = 'var palette = "ä"\n'
HASH = b64encode(sha256(SCRIPT.encode()).digest()).decode()


def test_inline_scripts_are_allowed_by_their_hashes_alone() -> None:
    policy = content_security_policy([SCRIPT, "b()", SCRIPT])
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"].split()[0] == "'self'"
    assert f"'sha256-{HASH}'" in directives["script-src"].split()
    assert len(directives["script-src"].split()) == 3
    assert "unsafe" not in directives["script-src"]
    assert policy == content_security_policy(["b()", SCRIPT])


def test_a_site_without_inline_scripts_allows_none() -> None:
    assert "script-src 'self';" in content_security_policy([])


def test_every_server_is_told_the_same() -> None:
    files = {asset.url: bytes(asset.content).decode() for asset in header_files([SCRIPT])}  # type: ignore[arg-type]
    assert set(files) == {"headers/nginx.conf", "headers/apache.conf", "headers/Caddyfile", "_headers"}
    policy = content_security_policy([SCRIPT])
    for text in files.values():
        for part in (policy, "nosniff", "Referrer-Policy"):
            assert text.count(part) == 1
    assert f'add_header Content-Security-Policy "{policy}" always;' in files["headers/nginx.conf"].splitlines()
    assert files["_headers"].splitlines()[:2] == ["/*", f"  Content-Security-Policy: {policy}"]


def test_nginx_takes_its_file(tmp_path: Path) -> None:
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        pytest.skip("needs nginx")
    for asset in header_files([SCRIPT]):
        path = tmp_path / asset.url
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(bytes(asset.content))  # type: ignore[arg-type]
    config = tmp_path / "nginx.conf"
    include = tmp_path / "headers" / "nginx.conf"
    server = f"server {{ listen 127.0.0.1:8080; include {include}; }}"
    config.write_text(f"pid {tmp_path}/pid; events {{}} http {{ access_log off; {server} }}")
    done = subprocess.run([nginx, "-t", "-e", "stderr", "-c", config], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
