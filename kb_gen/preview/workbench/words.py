"""The workbench's own words, for its scripts."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from kb_gen.locales import marked

__all__ = ["words"]

_WORDS = MappingProxyType(
    {
        # What is to be done
        "translated": marked("Translated"),
        "review": marked("Needs review"),
        "untranslated": marked("Untranslated"),
        "optional": marked("Message template"),
        "absent": marked("Not in the catalog"),
        "unsaved": marked("Not saved yet"),
        "all": marked("All"),
        "open": marked("To do"),
        "counts": marked("{translated} translated, {review} to review, {untranslated} untranslated"),
        # Opening
        "opening": marked("Opening the project"),
        "catalogs": marked("Reading catalogs …"),
        "records": marked("Reading records …"),
        "articles": marked("Looking through the articles …"),
        "theme": marked("Preparing the theme …"),
        "away": marked("The workbench has ended. Start it again to go on; what isn't saved stays in this window."),
        # Finding
        "find": marked("Find articles and texts"),
        "articlesTab": marked("Articles"),
        "textsTab": marked("Texts"),
        "allCatalogs": marked("All catalogs"),
        "catalog": marked("Catalog"),
        "state": marked("State"),
        "found": marked("Found: {count}"),
        "more": marked("Show more"),
        "nothingFound": marked("Nothing found. Try fewer words, or another state."),
        "choose": marked("Choose an article to see its page here."),
        "noPage": marked("No article shows this text, so there is no page to see."),
        # An article
        "units": marked("Texts of the article"),
        "interfaceWords": marked("Show words of the interface"),
        "nextArticle": marked("Next article"),
        "back": marked("All articles"),
        "page": marked("The page as readers see it"),
        "showPage": marked("Show page"),
        "showTexts": marked("Show texts"),
        "elsewhere": marked("from elsewhere"),
        "interface": marked("interface"),
        "conflict": marked("Conflict"),
        "refusedUnit": marked("Readers see the source text"),
        "nothingHere": marked("No text of this article is in that state."),
        "allDone": marked("Nothing is left to do in this article."),
        "notAnArticle": marked("Only articles can be shown here."),
        # A unit
        "source": marked("Source text"),
        "translation": marked("Translation"),
        "form": marked("Translation for {numbers}"),
        "was": marked("The source text has changed. It was:"),
        "inserts": marked("Put in"),
        "suggestions": marked("Suggestions"),
        "glossary": marked("Glossary"),
        "match": marked("{score} % alike, from {origin}"),
        "comment": marked("Comment for other translators"),
        "notes": marked("Notes"),
        "shownIn": marked("Articles that show it: {count}"),
        "file": marked("Catalog: {path}"),
        "checks": marked("Checks"),
        "refused": marked("Readers see the source text until the errors are mended."),
        "explainMessage": marked(
            "This is a message as the product writes it to the log. Translate it only if the product itself has it in "
            "your language; otherwise leave it empty. Readers then see the original, and nothing is missing."
        ),
        "explainAbsent": marked("The catalog doesn't have this text yet. Bring it up to date: {command}"),
        "explainInterface": marked("This text belongs to the interface and is on many pages."),
        "save": marked("Save"),
        "saveNext": marked("Save and next"),
        "copy": marked("Copy source"),
        "revert": marked("Undo"),
        "saved": marked("Saved."),
        "savedForReview": marked("Saved, and marked for review: a check has found an error."),
        "unchanged": marked("Nothing has changed."),
        "notSaved": marked("Not saved: {reason}"),
        "unknown": marked("the catalog doesn't have this text any more"),
        "unfitting": marked("the catalog wants another number of plural forms"),
        # Conflicts
        "conflictTitle": marked("Somebody else has changed this translation"),
        "mine": marked("Yours"),
        "theirs": marked("In the catalog"),
        "empty": marked("(empty)"),
        "takeMine": marked("Keep mine"),
        "takeTheirs": marked("Take theirs"),
        "conflictHelp": marked("Keep one of them. Yours is what the field below says: you can still change it."),
        "conflicts": marked("Conflicts: {count}. Another program has changed what was saved here."),
        "returned": marked("Put back: {count}. Another program had written an older state over these translations."),
        "errors": marked("Errors in the records: {count}. What can't be read isn't shown; see kb-gen check."),
        "absentUnits": marked("Not in the catalogs yet: {count} texts. Bring the catalogs up to date: {command}"),
        # Keys
        "shortcuts": marked("Keyboard shortcuts"),
        "close": marked("Close"),
        "keySaveNext": marked("save, and go to the next text that needs work"),
        "keySave": marked("save"),
        "keyNext": marked("next text"),
        "keyPrevious": marked("previous text"),
        "keyNextOpen": marked("next text that needs work"),
        "keyCopy": marked("copy the source text"),
        "keyInsert": marked("put in code, insertion string or link 1 to 9"),
        "keySuggestion": marked("take suggestion 1 to 5"),
        "keyReview": marked("needs review, or not"),
        "keyComment": marked("write a comment"),
        "keyRevert": marked("undo: back to what was there before"),
        "keySearch": marked("find articles and texts"),
        "keyPage": marked("go to the page, or back to the texts"),
        "keyHelp": marked("show these shortcuts"),
        "keyLeave": marked("leave the text field; then arrow keys go from text to text"),
    }
)


def words(text: Callable[[str], str]) -> dict[str, str]:
    """The words in the language that `text` knows; places in braces are filled by the scripts."""
    return {name: text(msgid) for name, msgid in _WORDS.items()}
