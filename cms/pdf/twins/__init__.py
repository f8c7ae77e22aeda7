"""Twins of what is printed: the same words as a Word document and as plain text.

`registry` says which models have them, `service` makes them, `reading` turns printed HTML into a `sheet`, from which
`docx` and `plain` write the files. Leaf modules first: `sheet`, `wordml`.
"""
