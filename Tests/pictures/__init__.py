"""Pictures of every page: how they are taken, where they lie, and how two of them are compared."""
