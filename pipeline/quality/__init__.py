"""Quality: contracts with quarantine, conflicts, corrections, coverage, and evaluation against gold. Nothing here extracts anything."""
