"""Codes about PDF files."""

from __future__ import annotations

from kb_gen.diagnostics.entries.code import Code

__all__ = ["ENTRIES"]

ENTRIES: tuple[Code, ...] = (
    Code(
        "pdf-article",
        "an article can't be set in type",
        (
            "Typst, which makes the PDF files, refuses the article, or the file would not keep the standards PDF/UA-1 "
            "and PDF/A-2a with it. The finding says why. All other articles are made; in the place of this one, the "
            "volume has its title and says that it is missing."
        ),
        "Take what the finding names out of the record, or write it in another way.",
    ),
    Code(
        "pdf-characters",
        "an article has characters that no font has",
        (
            "The fonts that come with Typst have the letters of Latin, Greek and Cyrillic scripts, and many signs. "
            "They have no Chinese, Japanese or Korean characters and no emoji, for example. Fonts of the machine "
            "aren't used, so that all machines make the same file. The article is made with `▯` in the place of each "
            "such character. The same goes for a character with what joins it, such as `1️⃣`, where no font has "
            "both. Where a product's name, notice or sources have such characters, the product is named."
        ),
        (
            "Put a font that has the characters into a folder, and name that folder with `--fonts`, or with "
            "`pdf_fonts` in `mkdocs.yml`. Fonts of the Noto family have nearly everything; on Debian and Ubuntu they "
            "are in the packages `fonts-noto-core` and `fonts-noto-cjk`. Or take the characters out of the record."
        ),
    ),
    Code(
        "pdf-file",
        "a PDF file can't be made",
        (
            "A whole file failed, mostly because memory ran out: a volume takes some hundreds of megabytes while it is "
            "made, and as many are made at a time as the machine has processors."
        ),
        (
            "Make one file at a time, with `--jobs 1`, where several were in the making. Otherwise, choose fewer "
            "articles, with `--source` or `--event`, or use a machine with more memory."
        ),
    ),
    Code(
        "pdf-surroundings",
        "what stands around the articles can't be set in type",
        (
            "Typst refuses the title, a notice, the contents or an index of a volume. The finding says why. The volume "
            "is made with its articles; the contents have their IDs only, and there are neither notices nor indexes."
        ),
        "Write what the finding names in another way: in `products.yml`, in `mkdocs.yml` or in their translations.",
    ),
)
