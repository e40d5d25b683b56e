"""What comes in from elsewhere: sheets that were keyed earlier, and what the importer refused. Reads, never writes."""
