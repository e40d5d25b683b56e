"""Engines that read printed words, fields and tick boxes. No Qt, no database."""
