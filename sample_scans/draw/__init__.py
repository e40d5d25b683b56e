"""Draws the sample register books and their truth. All people in them are invented."""
