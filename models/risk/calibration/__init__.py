"""How a raw margin is read as a risk: the map in use, those it is compared with, and the bounds around it."""
