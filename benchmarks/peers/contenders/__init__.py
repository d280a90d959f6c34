"""The site generators that are compared, in the order in which tables have them."""

from collections.abc import Mapping

from peers.contender import Contender
from peers.contenders.hugo import HUGO
from peers.contenders.kb_gen import KB_GEN, KB_GEN_WITHOUT_FULL_TEXT
from peers.contenders.mkdocs import MKDOCS
from peers.contenders.sphinx import SPHINX
from peers.contenders.zensical import ZENSICAL

__all__ = ["CONTENDERS"]

CONTENDERS: Mapping[str, Contender] = {
    contender.key: contender for contender in (KB_GEN_WITHOUT_FULL_TEXT, KB_GEN, HUGO, ZENSICAL, MKDOCS, SPHINX)
}
"""All contenders, by their keys."""
