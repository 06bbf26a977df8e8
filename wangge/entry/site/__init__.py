"""Where the house is put together: settings, urls, wsgi, and the ``wangge`` command. The only place that knows every room."""
