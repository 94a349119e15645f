"""How far figures move with the draw: the same register trained and judged under other keys of its ids."""
