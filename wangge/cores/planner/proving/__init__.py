"""Why a grid is out of range: by arithmetic while planning, by search in a second pass."""
