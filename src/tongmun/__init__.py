"""Tongmun: one letter, many voices, carried on one day to many missions."""
