"""This site's own generated pages: made from what the engine knows, and no part of it."""
