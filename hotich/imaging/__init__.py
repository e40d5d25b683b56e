"""Page pictures: reading files, cleaning, geometry, quality and delivery copies. No Qt, no database."""
