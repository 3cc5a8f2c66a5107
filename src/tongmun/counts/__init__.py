"""The public count of an edition: entries, batches, signed checkpoints, witnesses, totals; nothing about who signed."""
