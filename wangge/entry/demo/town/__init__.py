"""The demo's town: from a seed, a district of Yichang, its people and the files its departments send.

Plain Python, no Django: nothing here knows the product that is shown on it. `build.build` is the front door.
"""
