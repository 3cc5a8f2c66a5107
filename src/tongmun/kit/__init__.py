"""Plain Python without Django: clock, time rule, e-mail, names, sealed boxes, PDF, text; nothing with a table."""
