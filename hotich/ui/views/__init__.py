"""One Qt widget a screen; it shows and forwards."""
