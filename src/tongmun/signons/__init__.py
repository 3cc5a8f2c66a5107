"""Organisations that sign on to a version of the letter: invitations, sign-ons, logos; not people who sign."""
