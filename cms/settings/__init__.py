"""Settings by environment: `base` holds safe defaults, `env` alone reads the environment."""
