"""Who is who across departments' files: fields made comparable, addresses resolved, records linked.

Plain Python over numpy and pyarrow. The doors: ``normalise`` (one value), ``addresses`` (free text to a
dwelling), ``link`` (a batch against the persons known so far), ``training`` and ``evaluate``.
"""
