"""What each screen decides; no Qt."""
