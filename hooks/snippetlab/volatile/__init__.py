"""Comparison of transcripts by consistent renaming, and recording again by the same rules."""
