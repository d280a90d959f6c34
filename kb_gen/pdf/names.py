"""How a book calls events: by source and ID, and where several share these, by what tells them apart.

On the site, an address does that. On paper, nothing would.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import msgspec

from kb_gen.document import Targets
from kb_gen.model import Entry, Identity

__all__ = ["Names"]


@dataclass(frozen=True)
class Names:
    """The names of all events.

    Attributes:
        targets: every event that can be referred to, by the names that it has on the site.
    """

    targets: Targets

    @cached_property
    def _apart(self) -> Mapping[Identity, str]:
        """What tells those apart that share source and ID: symbolic name, and version where that isn't enough."""
        return {
            own: _apart(own, [other for other in sharing if other.symbolic_name == own.symbolic_name])
            for sharing in self.targets.book.shared.values()
            for own in sharing
        }

    def apart(self, entry: Entry) -> str:
        """What tells an event from others of its source and ID; nothing where it is the only one."""
        return self._apart.get(entry.identity, "")

    def title(self, entry: Entry) -> str:
        """What an event is called."""
        return f"{entry.title} {self.apart(entry)}".rstrip()

    def at(self, address: str) -> str:
        """What the event at an address is called that somebody refers to; nothing where there is none."""
        return self._by_address.get(address, "")

    @cached_property
    def _by_address(self) -> Mapping[str, str]:
        named = self.named
        return {target.address: target.title for target in (*named.by_pair.values(), *named.by_symbol.values())}

    @cached_property
    def named(self) -> Targets:
        """The same targets, by these names."""
        if not self._apart:
            return self.targets
        by_symbol = {
            key: msgspec.structs.replace(target, title=self.title(target.entry)) if target.entry else target
            for key, target in self.targets.by_symbol.items()
        }
        return replace(self.targets, by_symbol=by_symbol)


def _apart(own: Identity, same_symbol: list[Identity]) -> str:
    return " ".join([part for part in (own.symbolic_name, own.version if len(same_symbol) > 1 else "") if part])
