"""Reads what reference managers export: BibTeX, RIS and CSL-JSON become sources, entry by entry."""
