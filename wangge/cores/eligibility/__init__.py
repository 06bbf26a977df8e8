"""Dated rules of programmes, evaluated over many people at once, each answer explained in words."""
