"""Who answers for it, and what leaders see."""
