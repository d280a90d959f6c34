"""What is wrong, where and how to mend it: one data type, a renderer for each format."""

from kb_gen.diagnostics.diagnostic import Diagnostic, Place, Severity, error, warning

__all__ = ["Diagnostic", "Place", "Severity", "error", "warning"]
