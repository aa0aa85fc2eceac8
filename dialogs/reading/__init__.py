"""Typed words become values: words, dates and numbers in three languages."""
