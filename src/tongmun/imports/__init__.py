"""Signatures an organisation collected elsewhere, from its CSV; not signing on the site, not paper sheets."""
