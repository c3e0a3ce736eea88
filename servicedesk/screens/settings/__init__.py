"""Pages of the settings that show more than one app: overview, a person with his places and tickets, duties, set-up."""
