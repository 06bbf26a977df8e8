"""What the house is measured beside: the same rows of the same tables, by plain Django views and by Django REST framework.

The least that each does well: no scope, no masking, no trail, no case number, no words. Served by ``benchmarks.requests`` in a
process of its own, never by an installation.
"""
