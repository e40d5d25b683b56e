"""Qt widgets shared by the screens."""
