"""Pages become a site: theme shells, navigation, search index, addresses on disk."""
