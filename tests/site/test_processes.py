"""Pools of forked processes: what becomes of them when somebody is interrupted or killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kb_gen.site.processes import can_fork

pytestmark = pytest.mark.skipif(not can_fork(), reason="the system can't fork")

_POOL = """
import sys, time
from pathlib import Path
from kb_gen.site.processes import forked_pool

def work(number):
    Path(sys.argv[1], str(number)).touch()
    time.sleep(0.5)

try:
    with forked_pool(2, print, "begun") as pool:
        waiting = [pool.submit(work, number) for number in range(400)]
        for future in waiting:
            future.result()
except KeyboardInterrupt:
    print("interrupted")
"""


def test_an_interrupt_ends_a_pool_after_what_it_is_doing(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _POOL, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not any(tmp_path.iterdir()):
        time.sleep(0.01)
    # To all of its processes, as a terminal does.
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (out.splitlines()[-1], err, process.returncode) == ("interrupted", "", 0)
    assert len([*tmp_path.iterdir()]) < 20


def test_a_killed_process_of_a_build_is_told_in_a_line(tmp_path: Path) -> None:
    code = """
import importlib
from concurrent.futures.process import BrokenProcessPool
module = importlib.import_module("kb_gen.cli.main")

def broken(*_arguments, **_options):
    raise BrokenProcessPool("a process was terminated abruptly")

module.cli.main = broken
module.main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("kb-gen: one of its processes was killed")
    assert done.stderr.count("\n") == 1
