"""Printing many things as one file or a zip, in the background, to be followed and resumed.

`creating` writes a job down, `running` works on it a step at a time, `finishing` makes the file. Recipes say how
the parts of a special file, such as a hearing's packet, go together.
"""
