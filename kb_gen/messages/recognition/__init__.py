"""Recognises messages in texts: which templates a line of a log was made from, and with which values.

`TemplateIndex` finds the few templates that a text can hold, `messages_in` matches them and ranks what fits. The site's
lookup page does the same with `recognise.js`; one collection of lines tests both.
"""

from kb_gen.messages.recognition.forms import Form, TemplateParts, TypedNumber, form_of, template_parts
from kb_gen.messages.recognition.index import IndexTables, TemplateIndex, first_owners
from kb_gen.messages.recognition.keys import Vocabulary, keyed
from kb_gen.messages.recognition.matching import FoundValue
from kb_gen.messages.recognition.pages import LONGEST_TEXT, Page, page_of
from kb_gen.messages.recognition.ranking import FoundMessage, messages_in, whole_messages_on, without_mark

__all__ = [
    "LONGEST_TEXT",
    "Form",
    "FoundMessage",
    "FoundValue",
    "IndexTables",
    "Page",
    "TemplateIndex",
    "TemplateParts",
    "TypedNumber",
    "Vocabulary",
    "first_owners",
    "form_of",
    "keyed",
    "messages_in",
    "page_of",
    "template_parts",
    "whole_messages_on",
    "without_mark",
]
