"""Documents become a format's text: one package or module for each format, one escape function each."""
