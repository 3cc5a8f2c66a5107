"""Settings, addresses, the server's entry points and the `tongmun` command; no logic of the domain."""
