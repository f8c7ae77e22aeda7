"""PDF engine: registry, fonts, assets, a limited renderer in its own process, and the store.

Kept free of imports: the render process imports this package without Django.
"""
