"""Editions frozen for the gate, and the packets made of them; not the text of a letter, and no signing."""
