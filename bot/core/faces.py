"""Which faces and placeholders WeChat puts into a text, and what each of them says."""

from __future__ import annotations

import re
from typing import Final

SIGN: Final = "sign"
"""A face that agrees: thumb, OK, folded hands."""
NO: Final = "no"
"""A face that refuses: thumb down, crossed arms."""
OTHER: Final = "other"
"""A face that says nothing we may act on: flowers, smiles, tears."""
DONE: Final = "done"
"""A tick, which beside an indicator means that it is finished; it stays in the text as `✓`."""

# The codes WeChat sends for its classic faces; read from the list that every message API of the
# platform has carried since 2013. The order does not matter: the longest is tried first.
_CODES: Final = str.split(
    "/::) /::~ /::B /::| /:8-) /::< /::$ /::X /::Z /::'( /::-| /::@ /::P /::D /::O /::( /::+ /:--b "
    "/::Q /::T /:,@P /:,@-D /::d /:,@o /::g /:|-) /::! /::L /::> /::,@ /:,@f /::-S /:? /:,@x /:,@@ "
    "/::8 /:,@! /:!!! /:xx /:bye /:wipe /:dig /:handclap /:&-( /:B-) /:<@ /:@> /::-O /:>-| /:P-( "
    "/::'| /:X-) /::* /:@x /:8* /:pd /:<W> /:beer /:basketb /:oo /:coffee /:eat /:pig /:rose /:fade "
    "/:showlove /:heart /:break /:cake /:li /:bome /:kn /:footb /:ladybug /:shit /:moon /:sun /:gift "
    "/:hug /:strong /:weak /:share /:v /:@) /:jj /:@@ /:bad /:lvu /:no /:ok /:love /:<L> /:jump "
    "/:shake /:<O> /:circle /:kotow /:turn /:skip /:oY /:#-0 /:hiphot /:kiss /:<& /:&>"
)
_CODES_SIGN: Final = {"/:strong", "/:ok", "/:@)", "/:share"}
_CODES_NO: Final = {"/:weak", "/:no", "/:bad"}

_NAMES_SIGN: Final = str.split(
    "OK ok Ok 强 抱拳 合十 握手 赞 好的 Worship ThumbsUp Thumbsup Salute Fist Shake Onward 加油 拳头"
)
_NAMES_NO: Final = str.split("弱 NO No ThumbsDown Weak 差劲 打脸 叹气")
_NAMES_OTHER: Final = str.split(
    "微笑 撇嘴 色 发呆 得意 流泪 害羞 闭嘴 睡 大哭 尴尬 发怒 调皮 呲牙 惊讶 难过 囧 抓狂 吐 偷笑 愉快 可爱 白眼 傲慢 "
    "饥饿 困 惊恐 流汗 憨笑 悠闲 奋斗 咒骂 疑问 嘘 晕 衰 骷髅 敲打 再见 擦汗 抠鼻 鼓掌 坏笑 左哼哼 右哼哼 哈欠 鄙视 "
    "委屈 快哭了 阴险 亲亲 可怜 菜刀 西瓜 啤酒 咖啡 猪头 玫瑰 鲜花 凋谢 嘴唇 爱心 心碎 蛋糕 闪电 炸弹 便便 月亮 太阳 礼物 "
    "拥抱 胜利 勾引 爱你 爱情 飞吻 跳跳 发抖 怄火 转圈 磕头 嘿哈 捂脸 奸笑 机智 皱眉 耶 吃瓜 汗 天啊 社会社会 旺柴 "
    "哇 苦涩 裂开 红包 福 發 发 庆祝 烟花 爆竹 生病 脸红 破涕为笑 恐惧 失望 无语 鬼魂 翻白眼 666 让我看看 "
    "Smile Grin Rose Heart Sob Cry Laugh Joyful Tongue Blush Facepalm Hug Party Flower Clap Peace Lips "
    "Love Chuckle Smirk Coffee Sun Moon Gift Packet Cake Bye Sweat Wow Doge Emm MyBad Broken Sick"
)

_EMOJI_SIGN: Final = "👌👍🙏🤝🫡👏🆗✊💯"
_EMOJI_NO: Final = "👎🙅❌✖❎🚫"
_CROSSES: Final = "❌✖❎"
_EMOJI_DONE: Final = "✅✔☑✓"

_DOUBTING: Final = re.compile(r"/:\?|\[疑问\]|[🤔❓❔⁉]\ufe0f?")
"""Faces that ask: a mark of a question stays in the text."""
_CODE: Final = re.compile(
    "|".join(re.escape(code) for code in sorted(_CODES, key=len, reverse=True))
)
_NAME: Final = re.compile(
    r"\[(" + "|".join(map(re.escape, [*_NAMES_SIGN, *_NAMES_NO, *_NAMES_OTHER])) + r")\]"
)
_EMOJI: Final = re.compile(
    "[\U0001f200-\U0001f265\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\u2b05-\u2b55\u2190-\u21ff\u2764\u3030\u303d]"
    "[\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff]*"
)

_STICKER: Final = re.compile(
    r"[【\[](?:收到)?不支持的消息类型[^】\]]*[】\]]"
    r"|\[(?:收到了?一?个?|动画)表情[^\]]*\]"
    r"|\[(?:Sticker|Unsupported [Mm]essage|This (?:type of )?message[^\]]*)\]"
)


def is_sticker(raw: str) -> bool:
    """Whether the text is what the platform writes in place of a sticker it cannot show."""
    return _STICKER.search(raw) is not None


def without_sticker(raw: str) -> str:
    """The text without such placeholders."""
    return _STICKER.sub(" ", raw)


def _of_code(code: str) -> str:
    return SIGN if code in _CODES_SIGN else NO if code in _CODES_NO else OTHER


def _of_name(name: str) -> str:
    return SIGN if name in _NAMES_SIGN else NO if name in _NAMES_NO else OTHER


def _of_emoji(face: str) -> str:
    mark = face[0]
    if mark in _EMOJI_DONE:
        return DONE
    return SIGN if mark in _EMOJI_SIGN else NO if mark in _EMOJI_NO else OTHER


def split(raw: str) -> tuple[str, tuple[str, ...]]:
    """Take the faces out: (text with `✓` for a tick, `✗` for a cross beside words, `?` for a face that asks and a space for every other face, their meanings)."""
    found: list[str] = []

    def note(meaning: str, mark: str = " ") -> str:
        found.append(meaning)
        return "✓" if meaning == DONE else mark

    raw = raw.replace("[強]", "[强]").replace("[讚]", "[赞]")
    text = _DOUBTING.sub(lambda _: note(OTHER, "?"), raw)
    text = _CODE.sub(lambda m: note(_of_code(m[0])), text)
    text = _NAME.sub(lambda m: note(_of_name(m[1])), text)
    text = _EMOJI.sub(lambda m: note(_of_emoji(m[0]), "✗" if m[0][0] in _CROSSES else " "), text)
    if not text.strip(" ✗\n"):
        text = text.replace("✗", " ")  # a cross by itself is a face: no
    return text, tuple(found)
