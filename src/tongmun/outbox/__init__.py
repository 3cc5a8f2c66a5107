"""The queue and transport of e-mail; not who should get what."""
