"""The demo's start page: two stories in steps, and what whoever takes each step sees of it at this moment."""
