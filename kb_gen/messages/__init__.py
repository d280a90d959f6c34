"""Message templates: parse what a product ships, show what a reader of the log sees, print it back unchanged.

The package knows texts only, and no records: `parse` is the way in.
"""

from kb_gen.messages.parts import Control, ControlKind, Insertion, Literal, Part, Unknown
from kb_gen.messages.problems import Problem, ProblemKind
from kb_gen.messages.template import MessageTemplate, fill, parse

__all__ = [
    "Control",
    "ControlKind",
    "Insertion",
    "Literal",
    "MessageTemplate",
    "Part",
    "Problem",
    "ProblemKind",
    "Unknown",
    "fill",
    "parse",
]
