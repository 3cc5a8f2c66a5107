"""Signatures on paper and numbers that partners vouch for; not signatures by mail, and nothing about who signed."""
