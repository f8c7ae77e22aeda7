"""Documents that leave as files."""
