"""Synthetic knowledge bases of any size: events nobody has ever logged, in two languages, the same every time."""

from synthetic.project import write_project

__all__ = ["write_project"]
