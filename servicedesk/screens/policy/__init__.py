"""Service schemes for people: the list, the readable policy page, the simulator beside it. Reads; decides nothing."""
