"""Which of a catalog's plural forms a number takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py

from kb_gen.locales.tags import babel_locale

__all__ = ["PluralForms", "form_count", "plural_forms", "standard_plural_forms"]

_FIELD = re.compile(r"\s*nplurals\s*=\s*([1-9])\s*;\s*plural\s*=\s*([^;]+?)\s*;?\s*\Z")

# Babel counts the last two forms the other way round than gettext's manual, and every translator's tool.
_ARABIC = "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"


@dataclass(frozen=True, slots=True)
class PluralForms:
    """A header's Plural-Forms: how many forms there are, and the C expression that chooses one."""

    count: int
    expression: str

    def index(self, number: int) -> int:
        """Which form `number` takes; the last one where the expression gives none of them."""
        try:
            chosen = int(_compiled(self.expression)(abs(number)))
        except ZeroDivisionError:
            chosen = self.count
        return chosen if 0 <= chosen < self.count else self.count - 1

    def __str__(self) -> str:
        return f"nplurals={self.count}; plural={self.expression};"


@lru_cache(maxsize=256)
def _compiled(expression: str) -> Callable[[int], int]:
    # The standard library's compiler knows numbers, `n` and C's operators only, and bounds length and depth.
    return c2py(expression)


def plural_forms(field: str) -> PluralForms | None:
    """The Plural-Forms that a header field says; None if it says none that can be understood."""
    match = _FIELD.match(field)
    if not match:
        return None
    try:
        _compiled(match[2])
    except (ValueError, RecursionError):
        return None
    return PluralForms(int(match[1]), match[2])


def form_count(field: str) -> int:
    """How many forms a header's Plural-Forms has; two, as in most languages, where it says nothing."""
    forms = plural_forms(field)
    return forms.count if forms else 2


def standard_plural_forms(tag: str) -> PluralForms:
    """The plural forms that gettext's catalogs of a locale have.

    Raises:
        UnknownLocale: there is no such locale.
    """
    if tag.partition("-")[0] == "ar":
        return PluralForms(6, _ARABIC)
    # Late: it brings a reader of catalogs with it, and of mail headers.
    from babel.messages.plurals import get_plural  # noqa: PLC0415

    count, expression = get_plural(str(babel_locale(tag)))[:2]
    return PluralForms(count, expression)
