"""Codes about addresses."""

from __future__ import annotations

from kb_gen.diagnostics.entries.code import Code

__all__ = ["ENTRIES"]

ENTRIES: tuple[Code, ...] = (
    Code(
        "address-collision",
        "two things would have the same address",
        (
            "Addresses are made from names in lower case, with other characters as hyphens. Two sources, two records, "
            "a source and a hand-written page, or a present and a former name would meet at one address. A locale's "
            "home page, `lookup`, `products`, `recent`, `symbols` and `translation` are pages of the site itself, "
            "which a hand-written page would be lost behind."
        ),
        (
            "Write the name of one source alike everywhere; else give one of two sources an `address` in "
            "`products.yml`, rename the page, or remove one of two `former` lines."
        ),
        wrong="""\
- {id: 1, source: Mail Flow, product: exchange}
- {id: 2, source: Mail-Flow, product: exchange}
""",
        right="""\
- {id: 1, source: Mail Flow, product: exchange}
- {id: 2, source: Mail Flow, product: exchange}
""",
        file="content/exchange/all.yml",
    ),
    Code(
        "invalid-former",
        "a former name isn't one",
        ("`former` holds pairs of source and ID that the record had before; the record's present name is none."),
        "Write `Source/ID`, or remove the line.",
        wrong="former: [MSExchangeTransport]",
        right="former: [MSExchange Transport/1024]",
    ),
)
