"""Letters: texts, versions, claims, forms of address, the copy for each mission and its PDF; not who signed."""
