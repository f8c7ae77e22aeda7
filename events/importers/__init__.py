"""What comes in from other people's lists: one module for each shape."""
