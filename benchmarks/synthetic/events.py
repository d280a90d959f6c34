"""Events: one record's data, as an author would have written it, and the German for each of its units."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from synthetic.lexicon import Lexicon
from synthetic.prose import Pair, Pattern, Prose

__all__ = ["Event", "EventWriter"]

_SEVERITIES = ("error", "error", "error", "warning", "warning", "information", "critical")
_SHELLS = ("powershell", "powershell", "exchange", "cmd", "bash", "sql")
_LONGEST_SUMMARY = 190
_SITES = ("https://learn.example.com/documentation", "https://support.example.com/articles", "https://www.example.org")


@dataclass(frozen=True, slots=True)
class Event:
    """A record's fields, and the German of its texts by their English."""

    fields: dict[str, Any]
    german: dict[str, str]


@dataclass(frozen=True, slots=True)
class EventWriter:
    """Writes events.

    Args:
        lexicon: the words.
        patterns: the sentences, by section.
        seed: what all texts depend on.
    """

    lexicon: Lexicon
    patterns: dict[str, tuple[Pattern, ...]]
    seed: int

    def write(self, number: int, identity: dict[str, Any], target: str, snippets: tuple[str, ...]) -> Event:
        """An event of some 400 words with three commands, a link to an event and one to the web.

        Args:
            number: the event's number among all; the same number and seed give the same texts.
            identity: product, version, source and ID.
            target: the event to link to, as `Source/ID`.
            snippets: names of shared steps that it uses.
        """
        random = Random(f"{self.seed}/{number}")
        prose = Prose(self.lexicon, self.patterns, random)
        return _Draft(prose, {}).event(identity, target, snippets)


@dataclass(slots=True)
class _Draft:
    """One event while it is being written."""

    prose: Prose
    german: dict[str, str]

    def event(self, identity: dict[str, Any], target: str, snippets: tuple[str, ...]) -> Event:
        prose = self.prose
        random = prose.random
        message = self.text(prose.sentence("message"))
        prose.parameters = max(number for number in range(1, 6) if f"%{number}" in message)
        fields = identity | {
            "symbolic_name": prose.camel() + prose.component(),
            "category": random.choice(identity["categories"]),
            "severity": random.choice(_SEVERITIES),
            "modified": f"{random.randrange(2009, 2025)}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}",
            "message": message,
            "parameters": {number: self.parameter() for number in range(1, prose.parameters + 1)},
            "summary": self.summary(),
            "explanation": self.explanation(target),
            "actions": self.actions(snippets),
        }
        del fields["categories"]
        return Event(fields, self.german)

    def text(self, pair: Pair) -> str:
        """The English text; its German is kept for the catalog."""
        self.german.setdefault(pair.english, pair.german)
        return pair.english

    def sentence(self, section: str) -> str:
        return self.text(self.prose.sentence(section))

    def summary(self) -> str:
        # A summary is shown in lists and therefore bounded; most are far below.
        while True:
            pair = self.prose.sentence("summary")
            if len(pair.english) <= _LONGEST_SUMMARY:
                return self.text(pair)

    def parameter(self) -> dict[str, str]:
        random = self.prose.random
        example = self.prose.host() if random.random() < 0.5 else str(random.randrange(100_000))
        return {"name": self.text(self.prose.term()), "holds": self.sentence("holds"), "example": example}

    def explanation(self, target: str) -> str:
        """Three or four paragraphs and a list."""
        prose = self.prose
        event = Pair(f"event:{target}", f"event:{target}")
        paragraphs = [prose.paragraph(["explanation"] * prose.random.choice((2, 3))) for _ in range(3)]
        paragraphs.append(prose.paragraph(["explanation", "link"], event=event))
        items = [prose.sentence("item") for _ in range(prose.random.choice((3, 4)))]
        introduction = prose.sentence("introduction")
        for pair in (*paragraphs, introduction, *items):
            self.text(pair)
        listed = "\n".join(f"- {item.english}" for item in items)
        first, *others, last = (pair.english for pair in paragraphs)
        return "\n\n".join((first, *others, introduction.english, listed, last))

    def actions(self, snippets: tuple[str, ...]) -> list[dict[str, Any]]:
        """Own and shared steps by turns; one has sub-steps, three have a command."""
        steps: list[dict[str, Any]] = [{"text": self.sentence("step")} for _ in range(self.prose.random.choice((3, 4)))]
        steps.insert(2, self.command())
        web = self.prose.paragraph(["note", "reading"], url=self.address())
        return [
            {"use": snippets[0]},
            {"text": self.sentence("action"), "steps": steps},
            self.command() | {"note": self.sentence("note")},
            {"text": self.text(web)},
            self.command(),
            *({"use": name} for name in snippets[1:]),
        ]

    def address(self) -> Pair:
        prose = self.prose
        word = prose.camel().lower()
        address = f"{prose.random.choice(_SITES)}/{word}/{prose.random.randrange(100_000, 999_999)}"
        return Pair(address, address)

    def command(self) -> dict[str, Any]:
        shell = self.prose.random.choice(_SHELLS)
        lines = {"cmd": self.batch, "bash": self.bash, "sql": self.sql}.get(shell, self.powershell)
        return {"text": self.sentence("command"), "commands": [{"shell": shell, "run": lines()}]}

    def place(self) -> str:
        """Something to fill in: an insertion string's value, or a name."""
        prose = self.prose
        return f"{{%{prose.random.randrange(prose.parameters) + 1}}}" if prose.random.random() < 0.4 else prose.host()

    def powershell(self) -> str:
        prose, random = self.prose, self.prose.random
        noun, one, other = prose.camel(), prose.setting(), prose.setting()
        if random.random() < 0.5:
            lines = [f'Set-{noun} "{self.place()}" -{one} {random.choice(("$true", "$false", "Verbose", "None"))}']
            if random.random() < 0.5:
                lines.append(f"Restart-Service {prose.component()} -Force  # {random.randrange(100)} seconds")
            return "\n".join(lines)
        condition = f'$_.{one} -{random.choice(("eq", "ne", "like", "gt"))} "{self.place()}"'
        return f"Get-{noun} -Identity '{prose.host()}' | where {{{condition}}} | ft {one},{other} -AutoSize"

    def batch(self) -> str:
        prose = self.prose
        if prose.random.random() < 0.5:
            return (
                f'netsh interface {prose.camel().lower()} show name="{self.place()}" | findstr /i "{prose.setting()}"'
            )
        key = f"HKLM\\SYSTEM\\CurrentControlSet\\Services\\{prose.component()}\\Parameters"
        return f'reg add "{key}" /v {prose.setting()} /t REG_DWORD /d {prose.random.randrange(9999)} /f'

    def bash(self) -> str:
        prose = self.prose
        unit = prose.camel().lower()
        if prose.random.random() < 0.5:
            hours = prose.random.randrange(2, 48)
            return f'journalctl --unit={unit}.service --since "-{hours}h" | grep -i {prose.setting()}'
        return f"sudo systemctl restart {unit}.service && systemctl status {unit}.service\nss -lntp | grep {unit}"

    def sql(self) -> str:
        prose = self.prose
        column, other, table = prose.setting(), prose.setting(), prose.camel()
        return (
            f"SELECT {column}, COUNT(*) AS Total\nFROM dbo.{table}\n"
            f"WHERE {other} > {prose.random.randrange(9999)}\nGROUP BY {column} ORDER BY Total DESC;"
        )
