"""Causes, campaigns, editions, calls, news, cities and organisations; not addresses of missions, not letters."""
