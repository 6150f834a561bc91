"""The entries of `pairs`: which two files, or which files by pattern or by front matter, are pairs.

An entry reads paths only. Which of the files exist, and which entry decides where several fit, is for
`termcheck.counterparts`.
"""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from termcheck import path_patterns
from termcheck.globs import absolute_path, glob_steps, relative_path
from termcheck.lazy import compile_later
from termcheck.model import Side, TermcheckError

LANG = "{lang}"
"""The placeholder for a language; in one half of a pair it stands for every language."""

_PLACEHOLDER = compile_later(r"\{([A-Za-z_]\w*)(:\*\*)?\}", re.ASCII)
_TAG = r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*"
# Android writes a region as in `values-zh-rCN`.
_REGION_OF_ANDROID = compile_later(r"(?<=-)r([A-Z]{2})\Z")
_PATH_PART = compile_later(r"[/.]")
_WILDCARD = compile_later(r"[*?\[\]{}]")
_ADVICE = (
    "write a {name} (or {name:**} across directories) in both halves, "
    "as in 'docs/zh/{name}.md : docs/en/{name}.md'"
)


class Half(Struct, frozen=True):
    """A path as one half of a pair: its side, the absolute path of the other half, and how exactly it fits.

    `literals` counts the characters of the pattern outside its placeholders. `lang` is what stands for
    `{lang}`; if it is empty, `other` may still contain `{lang}`.
    """

    side: Side
    other: str
    literals: int
    lang: str = ""


class PairPattern(Struct, frozen=True):
    """An entry of `pairs`: paths of a source and a target file, relative to the absolute directory `root`.

    `{name}` stands for one part of a path or a piece of it, and `{name:**}` for any number of parts. Both
    halves have the same names, except that one may have a `{lang}`. Without names, the halves are two files.
    With a `key`, they are globs, and files with the same value of that key in their front matter are pairs.
    `source_lang` and `target_lang` are the languages, empty if the settings and the glossary decide.
    """

    source: str
    target: str
    root: str
    key: str = ""
    source_lang: str = ""
    target_lang: str = ""

    def __post_init__(self) -> None:
        """Raise TermcheckError if the path of one half does not determine that of the other."""
        names = [{name for name, _ in _PLACEHOLDER.findall(half)} for half in (self.source, self.target)]
        odd = names[0] ^ names[1]
        if self._lang_side is not None:
            odd -= {"lang"}
        problem, advice = "", _ADVICE
        if not self.key and "*" in _PLACEHOLDER.sub("", self.source + self.target):
            problem = "has a `*`, which does not say what to put into the other half"
            advice += ", or pair files by a `key` of their front matter"
        elif self.key and (names[0] | names[1]) - {"lang"}:
            problem = f"has a key, and {_braced((names[0] | names[1]) - {'lang'})}"
            advice = "write `*` or `**`: the key says which files are pairs"
        elif odd:
            problem = f"has {_braced(odd)} in one half only"
        elif self.source == self.target:
            problem = "pairs each file with itself"
            if LANG in self.source:
                advice = (
                    f"write {LANG} in one half only, as in 'docs/zh/{{name}}.md : docs/{LANG}/{{name}}.md'"
                )
        elif self._lang_side and (self.source_lang, self.target_lang)[self._lang_side is Side.TARGET]:
            problem = f"has a {self._lang_side.value}-lang and {LANG}"
            advice = "leave out one of the two"
        if problem:
            raise TermcheckError(f"the pair '{self.source} : {self.target}' {problem}", advice=advice)

    @property
    def is_single(self) -> bool:
        """Whether it names just two files."""
        return not self.key and not _PLACEHOLDER.search(self.source + self.target)

    @property
    def has_lang(self) -> bool:
        """Whether a language is a part of the paths of one half."""
        return self._lang_side is not None

    @property
    def _lang_side(self) -> Side | None:
        """The half that alone has `{lang}`."""
        of_source, of_target = LANG in self.source, LANG in self.target
        if of_source == of_target:
            return None
        return Side.SOURCE if of_source else Side.TARGET

    def languages(self, lang: str) -> tuple[str, str]:
        """Source and target language if `lang` stands for `{lang}`; empty if the pair does not say."""
        if self._lang_side is None:
            return self.source_lang, self.target_lang
        known, lang = (self.source_lang, self.target_lang), _REGION_OF_ANDROID.sub(r"\1", lang)
        return (lang, known[1]) if self._lang_side is Side.SOURCE else (known[0], lang)

    def lang_beside(self) -> str:
        """What the half without `{lang}` has in its place: `en` in `en/{name} : {lang}/{name}`."""
        if self._lang_side is None:
            return ""
        own, other = (self.source, self.target)[:: 1 if self._lang_side is Side.SOURCE else -1]
        match = re.fullmatch(re.escape(own).replace(re.escape(LANG), f"({_TAG})", 1), other)
        return match[1] if match else ""

    def files(self) -> tuple[str, str]:
        """The absolute paths of the two files of a single pair."""
        source, target = (absolute_path(f"{self.root}/{half}") for half in (self.source, self.target))
        return source, target

    def tags(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The parts of the path of each half that may be language tags and that the other half lacks."""
        source, target = (
            [part for part in _PATH_PART.split(half)[:-1] if re.fullmatch(_TAG, part)]
            for half in (self.source, self.target)
        )
        return tuple(tag for tag in source if tag not in target), tuple(
            tag for tag in target if tag not in source
        )

    def halves(self, path: str) -> Iterator[Half]:
        """Each way in which the file at an absolute path is one half of a pair by its path."""
        for side, own, other in (
            (Side.SOURCE, self.source, self.target),
            (Side.TARGET, self.target, self.source),
        ):
            values = self._match(own, path)
            if values is not None:
                filled = _fill(other.removeprefix("./"), values)
                lang = values.get("lang", "") if self._lang_side else ""
                literals = len(_PLACEHOLDER.sub("", own))
                yield Half(side, absolute_path(f"{self.root}/{filled}"), literals, lang)

    def fits_ending(self, path: str, ending: str) -> bool:
        """Whether a half without a key fits the file at an absolute path and ends with the file's ending."""
        halves = {Side.SOURCE: self.source, Side.TARGET: self.target}
        return not self.key and any(halves[half.side].lower().endswith(ending) for half in self.halves(path))

    def lang_of_files(self, source: str, target: str) -> str:
        """The language in the path of one of two files, if both fit their halves; empty if not."""
        of_source, of_target = self._match(self.source, source), self._match(self.target, target)
        if of_source is None or of_target is None:
            return ""
        return of_source.get("lang") or of_target.get("lang", "")

    def side_by_glob(self, path: str) -> tuple[Side, str] | None:
        """The half of a pair with a key whose glob fits an absolute path best, and its `{lang}`."""
        fitting = []
        for side, own in ((Side.SOURCE, self.source), (Side.TARGET, self.target)):
            values = self._match(own, path)
            if values is not None:
                lang = values.get("lang", "")
                fitting.append((len(_WILDCARD.sub("", own.replace(LANG, ""))), side, lang))
        return max(fitting, key=lambda fit: fit[0])[1:] if fitting else None

    def glob_directories(self) -> tuple[str, str]:
        """The absolute directories below which the globs of a pair with a key may find files."""
        halves = (half.removeprefix("./") for half in (self.source, self.target))
        source, target = (absolute_path(f"{self.root}/{_plain_part(half)}") for half in halves)
        return source, target

    def _match(self, half: str, path: str) -> Mapping[str, str] | None:
        relative = relative_path(path, self.root)
        if self.key:
            return _compile_glob(half).fullmatch(relative)
        return _compile_half(half, lang=self._lang_side is not None).fullmatch(relative)


def lang_expression(part: str) -> re.Pattern[str]:
    """A part of a path with `{lang}` in it as an expression whose group is the language."""
    first, *pieces = map(re.escape, part.split(LANG))
    # After the first, the same tag follows again.
    langs = [f"(?P<lang>{_TAG})", *["(?P=lang)"] * (len(pieces) - 1)]
    return re.compile(first + "".join(map(operator.add, langs, pieces)))


def _fill(pattern: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda placeholder: values.get(placeholder[1], placeholder[0]), pattern)


def _braced(names: set[str]) -> str:
    return ", ".join("{" + name + "}" for name in sorted(names))


def _plain_part(pattern: str) -> str:
    """The directories of a glob before the first wildcard."""
    parts = pattern.split("/")[:-1]
    count = next((number for number, part in enumerate(parts) if _WILDCARD.search(part)), len(parts))
    return "/".join(parts[:count])


@functools.lru_cache(maxsize=64)
def _compile_half(pattern: str, *, lang: bool) -> path_patterns.PathPattern:
    steps: list[path_patterns.Step] = []
    end, seen = 0, set[str]()
    for placeholder in _PLACEHOLDER.finditer(pattern.removeprefix("./")):
        name, parts = placeholder.groups()
        steps.append(path_patterns.Text(placeholder.string[end : placeholder.start()]))
        one = path_patterns.ANY if parts else path_patterns.NO_SLASH
        kind = _TAG_STEPS if lang and name == "lang" else (one, *path_patterns.repeated([one]))
        steps += [path_patterns.Again(name)] if name in seen else path_patterns.group(name, kind)
        seen.add(name)
        end = placeholder.end()
    return path_patterns.PathPattern([*steps, path_patterns.Text(pattern.removeprefix("./")[end:])])


@functools.lru_cache(maxsize=64)
def _compile_glob(pattern: str) -> path_patterns.PathPattern:
    """A glob, maybe with `{lang}`; as elsewhere, one without a slash fits at any depth, or a directory."""
    pattern = pattern.removeprefix("./").rstrip("/")
    slash, anything = path_patterns.Text("/"), path_patterns.repeated([path_patterns.ANY])
    above, below = path_patterns.optional([*anything, slash]), path_patterns.optional([slash, *anything])
    try:
        pieces = [glob_steps(piece) for piece in pattern.split(LANG)]
    except re.error:  # a range written backwards, so that the pattern can only be a literal name
        return path_patterns.PathPattern([path_patterns.Text(pattern)])
    steps = [*pieces[0]]
    for number, piece in enumerate(pieces[1:]):
        lang = [path_patterns.Again("lang")] if number else path_patterns.group("lang", _TAG_STEPS)
        steps += [*lang, *piece]
    return path_patterns.PathPattern([*(() if "/" in pattern else above), *steps, *below])


def _tag_steps() -> path_patterns.Steps:
    """`_TAG` as steps."""
    letter, mark, char = map(path_patterns.members, ("[A-Za-z]", "[-_]", "[A-Za-z0-9]"))
    more: path_patterns.Steps = ()
    for _ in range(6):
        more = path_patterns.optional([char, *more])
    subtag = mark, char, char, *more
    return letter, letter, *path_patterns.optional([letter]), *path_patterns.repeated(subtag)


_TAG_STEPS = _tag_steps()
