"""Forms of the store room. They check shape; rules are the services'."""
