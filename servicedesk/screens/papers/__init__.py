"""Pages of the papers that customers get: the report of a visit and the analysis of a system."""
