"""Who is known to have worked in a workspace."""

from __future__ import annotations

from hotich.store import Workspace
from hotich.ui.people import as_known, known_people, remember_people
from hotich.values import Actor, Role


def test_a_name_in_other_capitals_is_the_person_known_before(workspace: Workspace) -> None:
    known = Actor("Nguyễn Thị Hạnh", Role.CLERK)
    remember_people(workspace, (known, Actor("Trần Văn Hòa", Role.SUPERVISOR)))
    again = as_known(workspace, Actor("NGUYỄN  THỊ HẠNH", Role.SUPERVISOR))
    assert again == Actor(known.name, Role.SUPERVISOR)
    remember_people(workspace, (again,))
    assert [person.name for person in known_people(workspace)] == [known.name, "Trần Văn Hòa"]
    stranger = Actor("Nguyễn Thị Hành", Role.CLERK)
    assert as_known(workspace, stranger) == stranger
