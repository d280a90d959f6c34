"""A localized record as a tree of blocks and inlines: the one thing that every output renders."""

from kb_gen.document.addressed import AddressedArticleWriter, units_of
from kb_gen.document.article import SEVERITY_WORDS, ArticleWriter
from kb_gen.document.commands import PLACEHOLDER, SHELLS
from kb_gen.document.targets import Target, Targets, find_targets
from kb_gen.document.tree import *  # noqa: F403
from kb_gen.document.tree import __all__ as _tree
from kb_gen.document.volumes import (
    Volume,
    article_file,
    book_files,
    named_apart,
    product_name,
    product_volumes,
    volumes_of,
    whole_book,
)
from kb_gen.document.words import NameOf, Writer, plain

__all__ = [  # noqa: PLE0604
    "PLACEHOLDER",
    "SEVERITY_WORDS",
    "SHELLS",
    "AddressedArticleWriter",
    "ArticleWriter",
    "NameOf",
    "Target",
    "Targets",
    "Volume",
    "Writer",
    "article_file",
    "book_files",
    "find_targets",
    "named_apart",
    "plain",
    "product_name",
    "product_volumes",
    "units_of",
    "volumes_of",
    "whole_book",
    *_tree,
]
