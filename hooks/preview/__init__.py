"""The preview of both languages: watched, built apart, served together, reloaded by itself.

changes → builds (each a process: build) → server → the reader's tab
"""
