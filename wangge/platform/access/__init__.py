"""Who may: users, departments, dated grants, and the one place that decides which rows and which fields they see."""
