"""People: users, roles, teams, duty list, API keys and the SYSTEM actor. Knows no customer and no ticket."""
