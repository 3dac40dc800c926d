"""A reference string to labelled words: a linear-chain CRF over the words of a line, trained on real and made strings.

`label_words` gives the label of each word and how sure the model is of it, `calibrated` how often a field of such
words is right. The model file, ``model.crf``, is made by ``python -m alliancebib.labelling.train``; what becomes of the
labels is decided by the parsers.
"""

from alliancebib.labelling.calibration import calibrated
from alliancebib.labelling.lexicon import is_place, sorts_of
from alliancebib.labelling.tagging import Labelled, label_words
from alliancebib.labelling.tokens import Word, split_words

__all__ = ["Labelled", "Word", "calibrated", "is_place", "label_words", "sorts_of", "split_words"]
