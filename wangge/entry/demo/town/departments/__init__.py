"""The demo's town: the files of eight departments, each as its own people would keep it."""
