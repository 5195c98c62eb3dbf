"""What the budget page shows: choice, figures of units, map, bars, periods, stages, tables."""
