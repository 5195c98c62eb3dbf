"""What the pages share: reads the warehouse, never writes it."""
