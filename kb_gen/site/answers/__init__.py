"""Which events a text is about: what `kb-gen lookup` and the lookup page answer."""
