"""Matches paths with patterns in a time that is linear in the path, however many wildcards a pattern has.

A regular expression tries all ways to share a path out among the wildcards, so ten stars take minutes. Here
no place of a pattern is tried twice at the same place of a path. A pattern is built from the functions below
and is a sequence of steps; a repetition prefers to go on, as in a regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct, field

# So many states of a pattern are remembered; few patterns have more than a dozen.
_MOST_STATES = 1_000

_Place = tuple[int, int]
"""A step, and an offset in its text."""
_Saved = tuple[str, int, Any] | None
"""The name of a group, the offset at which it begins or ends, and what was saved before."""


class Text(Struct, frozen=True):
    """This text."""

    text: str


class One(Struct, frozen=True):
    """One character that a function accepts."""

    accepts: Callable[[str], object]


class Split(Struct, frozen=True):
    """Go on at the first of two steps, given by their distance; if that fails, at the second."""

    first: int
    second: int


class Save(Struct, frozen=True):
    """A named group begins or ends here."""

    name: str


class Again(Struct, frozen=True):
    """What the named group matched before."""

    name: str


Step = Text | One | Split | Save | Again
Steps = Sequence[Step]


def repeated(steps: Steps) -> Steps:
    """Any number of times, or none; the steps must match at least one character."""
    return Split(1, len(steps) + 2), *steps, Split(-len(steps) - 1, -len(steps) - 1)


def optional(steps: Steps) -> Steps:
    """Once or not at all."""
    return Split(1, len(steps) + 1), *steps


def choice(branches: Sequence[Steps]) -> Steps:
    """The first of several branches that leads to a match."""
    *others, steps = branches
    for branch in reversed(others):
        after = len(steps) + 1
        steps = Split(1, len(branch) + 2), *branch, Split(after, after), *steps
    return steps


def group(name: str, steps: Steps) -> Steps:
    """A group whose text is wanted."""
    return Save(name), *steps, Save(name)


def members(expression: str) -> One:
    """One character of a class, written as in a regular expression; raises re.error."""
    return One(re.compile(expression).match)


ANY = One(bool)
NO_SLASH = One("/".__ne__)


class _State(Struct, eq=False):
    """Where a pattern may be after some characters, and the states after one more."""

    places: frozenset[_Place]
    is_end: bool
    moves: dict[str, _State] = field(default_factory=dict)


class PathPattern:
    """A compiled pattern, which consists of some steps."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self._steps = tuple(steps)
        # With a group that must come again, what it holds is part of the place.
        self._looks_back = any(isinstance(step, Again) for step in self._steps)
        self._forget()

    def matches(self, path: str) -> bool:
        """Whether the pattern matches all of a path."""
        if self._looks_back:
            return self._search(path) is not None
        state = self._begin
        for char in path:
            state = state.moves.get(char) or self._move(state, char)
        return state.is_end

    def fullmatch(self, path: str) -> dict[str, str] | None:
        """The texts of the groups if the pattern matches all of a path, else None."""
        return self._search(path) if self._looks_back or self.matches(path) else None

    def _forget(self) -> None:
        self._states: dict[frozenset[_Place], _State] = {}
        self._begin = self._state([(0, 0)])

    def _move(self, state: _State, char: str) -> _State:
        """The state after a character."""
        if len(self._states) > _MOST_STATES:
            self._forget()
        state.moves[char] = self._state(self._after(state, char))
        return state.moves[char]

    def _state(self, places: Iterable[_Place]) -> _State:
        reached = self._reached(places)
        if reached not in self._states:
            self._states[reached] = _State(reached, (len(self._steps), 0) in reached)
        return self._states[reached]

    def _after(self, state: _State, char: str) -> Iterator[_Place]:
        for number, offset in state.places:
            step = self._step(number)
            if isinstance(step, Text) and step.text[offset] == char:
                done = offset + 1 == len(step.text)
                yield (number + 1, 0) if done else (number, offset + 1)
            elif isinstance(step, One) and step.accepts(char):
                yield number + 1, 0

    def _reached(self, places: Iterable[_Place]) -> frozenset[_Place]:
        """The places, and those that are reached from them without a character, if a character may follow.

        The place after the last step is one of them, too.
        """
        seen, kept, rest = set[_Place](), set[_Place](), list(places)
        while rest:
            place = rest.pop()
            if place in seen:
                continue
            seen.add(place)
            number, step = place[0], self._step(place[0])
            if isinstance(step, Split):
                rest += (number + step.first, 0), (number + step.second, 0)
            elif isinstance(step, Save) or (isinstance(step, Text) and not step.text):
                rest.append((number + 1, 0))
            else:
                kept.add(place)
        return frozenset(kept)

    def _step(self, number: int) -> Step | None:
        """A step by its number; None after the last one."""
        return self._steps[number] if number < len(self._steps) else None

    def _search(self, path: str) -> dict[str, str] | None:
        """The texts of the groups; each repetition takes as much as it can."""
        open_ends: list[tuple[int, int, _Saved]] = [(0, 0, None)]
        seen: set[tuple[int, int, object]] = set()
        while open_ends:
            number, at, saved = open_ends.pop()
            while (place := (number, at, saved if self._looks_back else None)) not in seen:
                seen.add(place)
                if number == len(self._steps):
                    if at == len(path):
                        return _groups(saved, path)
                    break
                step = self._steps[number]
                if isinstance(step, Split):
                    if step.first != step.second:
                        open_ends.append((number + step.second, at, saved))
                    number += step.first
                    continue
                if isinstance(step, Save):
                    saved = step.name, at, saved
                end = _end(step, path, at, saved)
                if end is None:
                    break
                number, at = number + 1, end
        return None


def _end(step: Step, path: str, at: int, saved: _Saved) -> int | None:
    """Where a step that begins at an offset ends; None if it does not match there."""
    if isinstance(step, One):
        return at + 1 if at < len(path) and step.accepts(path[at]) else None
    text = step.text if isinstance(step, Text) else ""
    if isinstance(step, Again):
        text = _groups(saved, path).get(step.name, "")
    return at + len(text) if path.startswith(text, at) else None


def _groups(saved: _Saved, path: str) -> dict[str, str]:
    """The text of each group that has ended."""
    return {name: path[start:end] for name, start, end in _spans(saved)}


def _spans(saved: _Saved) -> Iterator[tuple[str, int, int]]:
    ends: dict[str, int] = {}
    while saved is not None:
        name, at, saved = saved
        if name in ends:
            yield name, at, ends.pop(name)
        else:
            ends[name] = at
