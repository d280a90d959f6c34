"""The same records as content for other site generators, and what building them costs there."""
