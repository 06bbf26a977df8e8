"""What the browser tests, `./run shots` and the benchmark of the first load share: a browser, a served demo, its pages."""
