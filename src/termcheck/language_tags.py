"""Split language tags (RFC 5646: `en`, `pt-BR`, `zh-Hant-TW`) into subtags.

Only the first subtag names the language. All code that compares or looks up languages takes it from here.
"""

from __future__ import annotations

import functools


@functools.lru_cache(maxsize=1024)
def subtags(tag: str) -> tuple[str, ...]:
    """The parts of a tag in lower case; the first one is the language. `zh_TW` is read as `zh-TW`."""
    return tuple(tag.casefold().replace("_", "-").split("-"))


def primary_subtag(tag: str) -> str:
    """The language alone, in lower case: `zh` of `zh-Hant`."""
    return subtags(tag)[0]


# Where a region alone tells the script.
_SCRIPTS_OF_REGIONS = {
    "zh": {"cn": "hans", "my": "hans", "sg": "hans", "hk": "hant", "mo": "hant", "tw": "hant"},
}


@functools.lru_cache(maxsize=1024)
def can_stand_for(first: str, second: str) -> bool:
    """Whether nothing in two tags of one language contradicts: `zh-CN` and `zh-Hans`, `pt` and `pt-BR`.

    The tags `zh-TW` and `zh-Hans`, or `pt-PT` and `pt-BR`, do contradict. The caller compares the languages.
    """
    (script, region), (other_script, other_region) = map(_script_and_region, (first, second))
    if script and other_script and primary_subtag(first) in _SCRIPTS_OF_REGIONS:
        return script == other_script
    return _agree(script, other_script) and _agree(region, other_region)


def _agree(one: str, other: str) -> bool:
    return one == other or not (one and other)


def _script_and_region(tag: str) -> tuple[str, str]:
    """The script and the region that a tag names, each in lower case, or empty."""
    language, *rest = subtags(tag)
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    region = next((part for part in rest if (len(part) == 2 and part.isalpha()) or part.isdecimal()), "")
    return script or _SCRIPTS_OF_REGIONS.get(language, {}).get(region, ""), region
