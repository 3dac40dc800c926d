"""Names in two scripts: whatever the system of transliteration, a name is not another one."""

from __future__ import annotations

import pytest

from alliancebib.matching.agreement import agree
from alliancebib.matching.people import People, people_of, relate_people
from alliancebib.matching.scripts import are_transliterated, other_scripts
from alliancebib.model import Name


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Хрущёв", "Khrushchev Hruŝëv Hruščev Chruschtschow Khrouchtchev Khrushchyov"),
        ("Чернышевский", "Chernyshevsky Tchernychevsky Černyševskij Tschernyschewski Chernyshevskii"),
        ("Зюганов", "Zyuganov Ziuganov Zjuganov Sjuganow"),
        ("Щербаков", "Shcherbakov Ŝerbakov Schtscherbakow"),
        ("Гриценко", "Hrytsenko Gritsenko"),
        ("Лавров", "Lavrov Lavroff Lawrow"),
        ("Путин", "Putin Poutine"),
        ("Юрьев", "Yuryev Iur'ev Jur'ev"),
    ],
)
def test_every_system_gives_the_same_name(name: str, forms: str) -> None:
    for form in forms.split():
        assert other_scripts(name, form)
        one, other = (Name(family=name, given="И."),), (Name(family=form, given="I."),)
        assert relate_people(people_of(one), people_of(other)) is People.SAME, form
        assert agree("author", one, other)


def test_another_name_is_not_confirmed_and_not_accused() -> None:
    assert not are_transliterated("петров", "pavlov")
    one, other = people_of([Name(family="Петров")]), people_of([Name(family="Pavlov")])
    assert relate_people(one, other) is People.UNKNOWN
    assert relate_people(people_of([Name(family="王")]), people_of([Name(family="Wang")])) is People.UNKNOWN
    assert agree("author", (Name(family="王", given="伟"),), (Name(family="Wang", given="Wei"),))
    assert not agree("author", (Name(family="Петров"),), (Name(family="Suchow"),))
