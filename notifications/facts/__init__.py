"""What notifications read before they write: who is reached by an audience."""
