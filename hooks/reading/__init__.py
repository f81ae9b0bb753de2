"""What makes built pages easy to find, to read and to take along.

Knows HTML, files and languages; neither snippets nor MkDocs.
"""
