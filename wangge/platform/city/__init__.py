"""What differs from city to city, as data: settings, calendars, code layouts, roles that one person may hold together."""
