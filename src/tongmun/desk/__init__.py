"""The pages of the campaign team; not the public pages."""
