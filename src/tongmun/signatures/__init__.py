"""Signing, confirming, withdrawing, and the totals; not demonstrations, not accounts."""
