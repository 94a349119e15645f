"""How a ranking, a list and a risk are judged, and what may be published of it."""
