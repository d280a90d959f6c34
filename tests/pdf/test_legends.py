"""What is said of a message's parameters, and where its lines end."""

from __future__ import annotations

from pathlib import Path

from printed_files import printed, text_of

_SHORT = "Client EXCHANGE01"
_NAME = "CN=User1,OU=Department,DC=tailspintoys,DC=example,DC=com"


def test_lines_end_neither_within_an_example_nor_with_a_separator(tmp_path: Path) -> None:
    # Wherever in a line.
    parameters = {
        number: {"name": "thing", "holds": f"{'So ' * (10 + number)}it is.", "example": _SHORT if number % 2 else _NAME}
        for number in range(1, 31)
    }
    message = " ".join([f"%{number}" for number in parameters])
    file = printed(tmp_path / "project", {"message": message, "parameters": parameters})
    lines = [line.rstrip() for line in text_of(file).splitlines()]
    assert len([line for line in lines if _SHORT in line]) == 15
    assert len([line for line in lines if _NAME in line]) == 15
    assert not [line for line in lines if line.endswith(("·", "Example", "CN="))]
