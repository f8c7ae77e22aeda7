"""Measures of speed as ratios: what we do against the bare limit of the same machine in the same run.

Never part of a request; `manage.py benchmark` is its only entrance.
"""
