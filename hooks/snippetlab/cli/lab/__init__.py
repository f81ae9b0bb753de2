"""What each command of `snippetlab lab` does."""
