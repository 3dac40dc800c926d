"""Words, what the model sees of them, and the labels that it gives."""

from __future__ import annotations

import json
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pycrfsuite
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancebib.labelling import label_words, split_words
from alliancebib.labelling.features import features
from alliancebib.labelling.tagging import LABELS, attributes_of, marked, unmarked
from alliancebib.labelling.train import divided, main, read_examples

ARTICLE = "Doe, J., & Roe, M. (2018). The war of words. The Journal of Peace, 11(3), 297-338."


def labels(text: str) -> list[str]:
    return [one.label for one in label_words(split_words(text))]


def test_words_have_their_places() -> None:
    text = "  Doe,\u00a0J.\t(2018)."
    assert [text[word.start : word.end] for word in split_words(text)] == ["Doe,", "J.", "(2018)."]


def test_words_of_scripts_without_blanks_end_at_their_marks() -> None:
    assert [word.text for word in split_words("张三。论文题目,刊名，2018")] == ["张三。", "论文题目,刊名，", "2018"]


def test_an_article_is_labelled() -> None:
    found = dict(zip((word.text for word in split_words(ARTICLE)), labels(ARTICLE), strict=True))
    assert found["Doe,"] == found["Roe,"] == "author"
    assert found["(2018)."] == "date"
    assert found["war"] == found["words."] == "title"
    assert found["Journal"] == "container"
    assert found["297-338."] == "pages"


def test_a_field_begins_where_the_label_changes() -> None:
    found = label_words(split_words(ARTICLE))
    changes = [now.label != before.label for before, now in pairwise(found)]
    assert all(one.begins for one, changed in zip(found[1:], changes, strict=True) if changed)


def test_probabilities_are_probabilities() -> None:
    assert all(0 <= one.probability <= 1 for one in label_words(split_words(ARTICLE)))


def test_no_words_have_no_labels() -> None:
    assert label_words([]) == []


def test_what_is_seen_of_a_word_depends_on_its_neighbours() -> None:
    one, other = features(["in", "Smith,"]), features(["by", "Smith,"])
    assert set(one[1]) ^ set(other[1])
    assert set(one[1]) & set(other[1])


@given(st.text(max_size=200))
def test_any_text_is_labelled(text: str) -> None:
    words = split_words(text)
    found = label_words(words)
    assert [one.word for one in found] == words
    assert {one.label for one in found} <= set(LABELS)


@given(st.lists(st.sampled_from(LABELS), max_size=12))
def test_marks_come_off_again(labels: list[str]) -> None:
    assert unmarked(marked(labels)) == labels


def test_a_model_is_trained_of_a_labelled_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tokens = ["Doe,", "J.", "2018.", "A", "title."]
    rows = [
        {"id": f"paper{number}-1", "tokens": tokens, "labels": ["author", "author", "date", "title", "title"]}
        for number in range(8)
    ]
    source = tmp_path / "set.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    kept = tmp_path / "kept.jsonl"
    main([str(source), "--out", str(tmp_path / "a.crf"), "--held-out", "2", "--held-out-to", str(kept)])
    main([str(source), "--out", str(tmp_path / "b.crf"), "--held-out", "2"])
    assert (tmp_path / "a.crf").read_bytes() == (tmp_path / "b.crf").read_bytes()
    used, back = divided(read_examples(source), 2)
    assert len(used) + len(back) == len(rows)
    assert [json.loads(line)["id"] for line in kept.read_text("utf-8").splitlines()] == [one.id for one in back]
    assert f"{len(used)} references" in capsys.readouterr().out


def test_references_of_one_document_are_not_divided(tmp_path: Path) -> None:
    source = tmp_path / "set.jsonl"
    rows = [{"id": f"paper{n % 5}-{n}", "tokens": ["a"], "labels": ["title"]} for n in range(40)]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    used, back = divided(read_examples(source), 3)
    assert not {one.document for one in used} & {one.document for one in back}


@pytest.mark.parametrize("labels", [["title"], ["title", "headline"]])
def test_a_line_that_is_no_labelled_reference_is_told_with_its_place(tmp_path: Path, labels: list[str]) -> None:
    source = tmp_path / "set.jsonl"
    source.write_text(json.dumps({"tokens": ["a", "b"], "labels": labels}) + "\n", "utf-8")
    with pytest.raises(ValueError, match=r"set\.jsonl:1: "):
        list(read_examples(source))


def test_the_attributes_of_the_model_are_read_off_its_file() -> None:
    content = files("alliancebib.labelling").joinpath("model.crf").read_bytes()
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(content)
    assert attributes_of(content) == {attribute.encode() for attribute in tagger.info().attributes}


def test_attributes_that_a_model_does_not_know_change_nothing() -> None:
    content = files("alliancebib.labelling").joinpath("model.crf").read_bytes()
    tagger, known, words = pycrfsuite.Tagger(), attributes_of(content), ARTICLE.split()
    tagger.open_inmemory(content)
    marks = tagger.tag(features(words))
    whole = tagger.probability(marks)
    assert tagger.tag(features(words, known)) == marks
    assert tagger.probability(marks) == whole
    assert features(words, known) == [[one for one in row if one in known] for row in features(words)]
