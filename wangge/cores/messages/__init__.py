"""Room `cores.messages`: a sentence that still knows its template and its values."""
