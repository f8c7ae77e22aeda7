"""Views of the ground floor."""
