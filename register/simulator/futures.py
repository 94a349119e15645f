"""stub"""
import polars as pl
def true_risk(story, settings, timeline, rng):
    return pl.DataFrame()
