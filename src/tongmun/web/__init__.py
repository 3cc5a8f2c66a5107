"""The public pages: no JavaScript, no account, no cookie unless a form needs one; not the desk."""
