"""One line of what somebody typed, folded so that spelling, width, script and faces no longer matter."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final, Protocol

import opencc

from bot.core import faces
from bot.core.frozen import frozen


@frozen
class Line:
    """What somebody typed. `raw` is untouched but for @一呼 at its ends; everything else is derived from it.

    `text` is folded: simplified script, half width, one space at most, faces gone (a tick stays as `✓`).
    `key` is `text` in lower case without spaces and punctuation: for comparing whole sentences.
    `faces` are the meanings of the faces (`sign`, `no`, `done`, `other`), in order.
    `sticker` is true when the platform wrote a placeholder because it could not show a sticker.
    """

    raw: str
    text: str
    key: str
    faces: tuple[str, ...] = ()
    sticker: bool = False

    @property
    def bare(self) -> bool:
        """Whether nothing but faces (or nothing at all) was sent."""
        return not self.key

    @property
    def agrees(self) -> bool:
        """Whether a face says yes and none says no."""
        return (faces.SIGN in self.faces or faces.DONE in self.faces) and faces.NO not in self.faces


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _simplifier() -> _Converter:
    """The traditional-to-simplified table, loaded once (2 ms)."""
    converter: _Converter = opencc.OpenCC("t2s")
    return converter


_GONE: Final = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
_CIRCLED: Final = re.compile("[①-⑳]")
_ROMAN: Final = re.compile("[Ⅰ-Ⅻ]")
_BOX: Final = re.compile("[☐▢◻◽⬜]")
_ARROW: Final = re.compile("(?<=[0-9名个人位])\\s*[→➔➜➝➞➡⇒⟶]\ufe0f?\\s*(?=[0-9])")
_TEN: Final = re.compile("(?P<tens>[1-9]?)(?:(?<=[1-9])\ufe0f?\u20e3)?🔟(?P<ones>[1-9]?)")
_KEYCAP: Final = re.compile("([0-9])\ufe0f?\u20e3")
_SAME: Final = str.maketrans({
    "｡": "。", "､": "、", "“": '"', "”": '"', "„": '"', "「": '"', "」": '"', "『": '"', "』": '"', "＂": '"',
    "‘": "'", "’": "'", "【": "[", "】": "]", "〔": "[", "〕": "]", "–": "-", "—": "-", "―": "-", "−": "-",
    "‐": "-", "‑": "-", "≦": "≤", "≧": "≥", "⩽": "≤", "⩾": "≥", "〜": "~", "∼": "~", "·": "·", "•": "·", "・": "·", "〇": "〇", "○": "〇", "◯": "〇",
    "√": "✓", "帐": "账", "増": "增", "弐": "贰",
})  # fmt: skip
_THREE: Final = re.compile(
    "(?<=[拾佰])参(?![加与选会])|参(?=[拾佰])|(?<=委)参(?=[名位人])"
)  # 拾參名
_SPACES: Final = re.compile(r"[^\S\n]+")
_LINES: Final = re.compile(r" *\n[ \n]*")
_PUNCTUATION: Final = re.compile(r"[^\w%✓✗]+|_+")
_SPREAD: Final = re.compile(r"[\u3400-\u9fff] [\u3400-\u9fff](?: (?:[^\W_]+|\W))*")
_CALLED: Final = re.compile(
    r"^\s*[@＠]一呼(?:百万)?[\s,，:：]*(?=\S)|(?<=\S)\s*[@＠]一呼(?:百万)?\s*$"
)
# What WeChat puts before an answer to a quoted message: the quotation, then a rule of dashes.
_QUOTED: Final = re.compile(r"^\s*[「\"“].*?[」\"”]\s*\n(?:[-—–] ?){5,}\s*\n", re.DOTALL)


def _plain(raw: str) -> str:
    """Width, script and punctuation unified; faces must be gone already."""
    said = _ROMAN.sub(
        lambda m: str(int(unicodedata.numeric(m[0]))), _CIRCLED.sub(_in_brackets, raw)
    )
    text = _GONE.sub("", unicodedata.normalize("NFKC", said))
    if not text.isprintable():
        text = "".join(" " if _unprintable(ch) else ch for ch in text)
    text = _THREE.sub("叁", _simplifier().convert(text).translate(_SAME))
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def _in_brackets(circled: re.Match[str]) -> str:
    """`①` as `(1)`: a mark of a list, which must not run together with the number after it."""
    return f"({unicodedata.normalize('NFKC', circled[0])})"


def _unprintable(ch: str) -> bool:
    return unicodedata.category(ch) in ("Cc", "Cs", "Co", "Cn") and ch != "\n"


def _together(text: str) -> str:
    """`进 度`, `收 到 12`: what was written character by character, as some ways of typing do, without the spaces."""
    words = text.split(" ")
    spread = _SPREAD.fullmatch(text) and all(len(word) == 1 or word.isascii() for word in words)
    return "".join(words) if spread else text


def _bare(text: str) -> str:
    """`[收到12]`, `收到[12]`: a short line in brackets, or a short word before a number in them, without the brackets."""
    if text[-1:] not in _CLOSING:
        return text
    found = _BRACKETED.fullmatch(text) or _NUMBER_IN_BRACKETS.fullmatch(text)
    return "".join(found.groups("")) if found else text


_CLOSING: Final = frozenset('])"》')
_BRACKETED: Final = re.compile(r"[\[(\"《]\s*([^\[\]()\"《》\n]{1,20}?)\s*[\])\"》]")
_NUMBER_IN_BRACKETS: Final = re.compile(r"([\u4e00-\u9fff]{1,4})\s*[\[(]\s*([0-9]{1,4})\s*[\])]")


def fold(raw: str) -> str:
    """The text as the grammar reads it: placeholders and faces recognised first, then width, script, spaces."""
    return line(raw).text


def key(text: str) -> str:
    """`text` folded, in lower case, without spaces and punctuation: two sentences with one key are the same."""
    return _PUNCTUATION.sub("", _plain(text).lower())


def _ten(found: re.Match[str]) -> str:
    """🔟2️⃣ is 12, 2️⃣🔟 is 20, 🔟 is 10."""
    return (found["tens"] or "1") + (found["ones"] or "0")


def line(raw: str) -> Line:
    """Read what was typed. Never raises, whatever the characters.

    Faces come before NFKC on purpose: afterwards `【` and `[` or `／：` and `/:` could not be told apart.
    """
    raw = _CALLED.sub("", raw) if "一呼" in raw else raw
    sticker = faces.is_sticker(raw)
    said = _QUOTED.sub("", faces.without_sticker(raw) if sticker else raw)
    said = _ARROW.sub("->", _BOX.sub("□", said))
    said = _TEN.sub(_ten, said) if "🔟" in said else said
    said = said.replace("➖", "-")
    said = _KEYCAP.sub(r"\1", said) if "\u20e3" in said else said
    said, found = faces.split(said)
    text = _bare(_together(_plain(said)))
    return Line(
        raw=raw, text=text, key=_PUNCTUATION.sub("", text.lower()), faces=found, sticker=sticker
    )
