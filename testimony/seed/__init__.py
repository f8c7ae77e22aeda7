"""A world for tests: every content model in every state, with canaries where nobody may see."""
