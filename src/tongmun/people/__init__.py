"""Accounts of the people who run a campaign, their sign-in, and the journal; not signers, not roles for a campaign."""
