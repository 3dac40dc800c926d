"""How often a field is right of whose words the model is so sure: `calibrated` turns the one into the other.

A field is as sure as its least sure word, and wrong more often than that: all its words must be right, and no more of
them. The steps were measured by ``training/calibration.py`` on a sixth of the documents that a model had not seen;
between them lies a straight line.
"""

from __future__ import annotations

from bisect import bisect_right

__all__ = ["calibrated"]

#: Least probability of a word -> share of fields that are right.
_STEPS = (
    (0.0, 0.0),
    (0.35, 0.27),
    (0.5, 0.42),
    (0.65, 0.55),
    (0.75, 0.62),
    (0.83, 0.7),
    (0.88, 0.77),
    (0.93, 0.85),
    (0.96, 0.9),
    (0.98, 0.92),
    (0.993, 0.95),
    (0.998, 0.98),
    (1.0, 0.99),
)
_PROBABILITIES = [probability for probability, _ in _STEPS]


def calibrated(probability: float) -> float:
    """Give the share of fields that are right, of those whose least sure word has this probability.

    >>> calibrated(0.0), calibrated(0.75), calibrated(1.0)
    (0.0, 0.62, 0.99)
    """
    above = bisect_right(_PROBABILITIES, probability)
    if above == len(_STEPS):
        return _STEPS[-1][1]
    (low, left), (high, right) = _STEPS[above - 1], _STEPS[above]
    return left + (right - left) * (probability - low) / (high - low)
