"""A reference string to labelled words: a linear-chain CRF over the words of a line, trained on real and made strings.

`split_words` gives the words of a line, `label_words` the label of each and how sure the model is of it, `calibrated`
how often a field of such words is right; `is_word_of_place` asks the lexicon. The model file, ``model.crf``, is made by
``python -m alliancebib.labelling.train``; what becomes of the labels is decided by the parsers.
"""

from alliancebib.labelling.calibration import calibrated
from alliancebib.labelling.lexicon import is_word_of_place, sorts_of
from alliancebib.labelling.tagging import Labelled, label_words
from alliancebib.labelling.tokens import Word, split_words

__all__ = ["Labelled", "Word", "calibrated", "is_word_of_place", "label_words", "sorts_of", "split_words"]
