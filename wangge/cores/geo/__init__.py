"""Where things are: datums, local metres, space-filling codes, point in zone. Plain functions on numpy and shapely."""
