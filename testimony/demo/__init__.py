"""The demo's content as data: a fictional county health department, real figures, our own prose."""
