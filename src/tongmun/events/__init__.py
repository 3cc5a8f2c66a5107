"""What happens where and when, and its calendar files; not who signed."""
