"""Event logs and text logs become one stream of entries, whatever they were written by."""

__all__: list[str] = []
