"""Programmes with dated rules, who is entitled and not receiving, and how each offer ended."""
