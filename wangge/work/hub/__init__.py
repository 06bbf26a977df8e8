"""The hub: departments' data come in under agreements, meet the people they speak of, and go back with what was found."""
