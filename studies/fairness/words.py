"""What docs/fairness.md says around its tables."""

HEAD = """# Fair to groups at equal true risk?

Written by `python -m studies.fairness` on {day}; do not edit. All data are simulated
([simulator.md](simulator.md)), so every household's **true recorded risk** is known: the chance that a
fall will come within twelve months and be written down. No register knows it, and nothing that trains
or lists reads it. Judged are the {n:,} household-seasons of the last run whose outcome is known and
that stand in the truth. Intervals: 95 %, villages drawn again. Counts are rounded to 5; nothing up to
{small} is shown.

## Gaps at equal true risk

How much more (or less) of a group's true recorded falls to expect is on the list than of everybody
else's in the same band of true risk ({bands} bands of equally many expected falls): a recall gap in
points, with the difference of the risks themselves taken out. Each list has as many visits and undoes
one choice of the one before: without duties; without places; and, instead of the model's, by the true
risk in the same places, which is what a perfect model would do to the group.

"""

WHY = """
## Why

{why}
"""

PARTS = """
### Which part of the risk is lower

Log-odds of the model's risk of the group less those of others at equal true risk, households of a true
risk of {least:.0%} or more, split by the game that names causes ([ADR
10](adr/0010-the-game-that-names-causes.md)); parts of {part} or more either way. They add up to the
first column with those not shown.

"""

CALIBRATION = """
### Level and order within the group

The mean risk the model gives, less what it gives others at equal true risk, in points; the risk it
promised the group over the falls that were recorded; and how well model and true risk order the group's
own households (AUC on recorded falls). Where a group is promised as much too much as everybody, yet gets
less than others at equal true risk, its records say less of who is at risk: no level can mend that.

"""

BY_CLASS = """
### What lines of classes do

Margins are read by a line of each class of households, believed in part ([ADR
27](adr/0027-a-class-of-households-may-have-its-own-line.md)). The same models read by one line for all
would make another list by risk alone, of as many visits. Gaps at equal true risk of both, in points,
paired; first their precision.

"""

HIDDEN = """
## The poor whom the record never shows

Falls to expect by the true risk, recorded or not, against those the record will show. The label cannot
see the difference, no figure of the report counts it, and only a visit finds it. *Reached*: the share
that stands on the delivered list.

"""

PAIRS = """
## Two groups at once

Pairs of groups that the delivered list misses at equal true risk with an interval below 0. Of all pairs
with no cell of {small} or fewer; about one in forty of these would be here by chance alone.

"""
