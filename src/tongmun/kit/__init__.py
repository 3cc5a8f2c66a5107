"""Plain Python without Django: clock, time rule arithmetic, e-mail, names, sealed boxes, PDF, text; nothing with a table."""
