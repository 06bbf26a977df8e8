"""Compiled kernels: tours, sampled days, a year of a grid."""
