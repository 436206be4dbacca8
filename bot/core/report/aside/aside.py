"""Clauses beside a report that speak of another matter: everyday life, courtesies, how she types. They are not read at all.

A clause is such an aside if it holds a word of everyday life, or nothing but words of courtesy and of telling, and nothing in it
speaks of figures, of the election, of whose words these are, or of a condition. 如果天晴, 快吃饭了 and 听说要下雨 are then no plan, no hearsay.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from bot.core.model import IndicatorKind, Level
from bot.core.reading import Lexicon
from bot.core.report.aside import apart as report_apart
from bot.core.report.aside import bearing, objects, telling
from bot.core.report.doubts import untold
from bot.core.report.plain import blank, enumerated
from bot.core.report.tokens import forms
from bot.core.report.words import life, vocabulary
from bot.core.report.words.vocabulary import Kind

_CLAUSE: Final = re.compile(r"[^,;:。!?\n()\[\]~… ]+(?: [^,;:。!?\n()\[\]~… 0-9]{1,4}(?= ))*[?]?")
_FOLLOWED: Final = re.compile(
    "[ :]?[0-9]|[,。!~… ]*(?:应该|应|就|又|不)?(?:是|为|有)?[0-9一二两三四五六七八九十]+[名个位人]?(?=[,。!~]|$)"
)
"""A number behind it that it may explain or take back: 手机 138…, 12名，手抖，13名."""
_PERSONS: Final = re.compile(
    "[0-9](?![0-9]*(?:次|天|年|岁|点|号|月|日|周|块|元|公里|里|度|桌|趟|遍|户|斤|针|层|楼|分|小时|钟头|米|台|张|本|份|件|条|只|头|亩|场|回|瓶|箱|包|袋|顿|杯|挂(?=鞭|炮|爆)|串|挑|担|篮|桶|碗|盒|多?块))|[一二两三四五六七八九十俩仨百][一二三四五六七八九十百]*[个名位人](?!小时|钟头|电话|孩|孙|娃|菜|客人|老人|蛋|鸡|瓜|红包|视频|会(?!计)|活动|节目|奖|通宵|晚上|上午|下午|字|组|村|锅|包|箱|西|红|鸭|狗|猪|月|星期|礼拜|礼拜|多?小时|劲|人(?:都|也)|好|遍|大|喜|头|家|样|人?(?:夸|赞|说好|高兴))"
)
"""A number that may be of people or of anything at all."""
_GRAVE: Final = re.compile(
    # figures and reports
    "好像是我|[为是报]零$|不对(?!付)|翻翻|查查|改[好完成了联]|[办搞弄][好完成妥结定掂]|完成|零报|没变|[跟和同与][^,]*一样|(?:没|没有|无)新|数(?!码|学|落|九|星|不清|日子)|报(?!酬|应|晓|春|恩|答|纸|喜|名费|刊|销)|填|登(?!门|山|不上|录不)|录(?![像音取不]|视频)|核(?!酸|桃)|(?<![总打合划还可失])算(?![命盘账啥])|名[单册额字义]|台账|编(?![织辫])|抄|猜|估(?!计(?:今|晚|夜|得|你|您|要|会|天|明|又|雨|孩|老|快|大家|领导|都|也|这会))|假(?![期日肢牙])(?<![放请寒暑休产病长度]假)"
    "|错(?!过|落|开|别|字)|删|撤(?!退|下)|取消|作[废数]|推[迟翻]|延[期后迟]|[推延拖改挪]到(?:明|后天|下|以后|月底|年底)|改[期选口掉了]|变卦|反悔|重[选新来复]|补[选报]|占|凑(?!钱|份|柴|热)|糊弄|应付|交差|虚|水分|准[数信的]?$|不[太大很]?准|不实|以.*为|样[本板稿表例]|模[板版]|格式|例[如子]|举例|假[设如使定]|比[如方]|梦(?!都|里都)|开?玩笑(?!了)|逗|哄[你您骗]|骗|试[试一下发用]|测试|演[练习戏]|练[手习]"
    # the election and the people in it
    "|不服(?!老)|不认可|不赞成|选|投|票|唱票|当选|候[补选]|提名|推荐|指标|任务|执委|代表|人[选头]|户口|名单|班子|(?<!三)届|公示|批[复准文]?|审|备案|章(?!鱼)|签|手续|(?<!小)程序|流程|会[没未]|开[会成]|不[肯愿干让]|没[谈松签批选投定办成]|同意|答应|反对|松口(?!气)|点头|拍板|拦|退[了出回]|辞|弃权|不算|告状|举报|投诉|争议|吵[架起翻着闹]|(?<!热)闹(?!肚|钟|元|新|热|得人)|出[入嫁走]|搬|嫁(?!女)|去世|过世"
    # whose they are, how sure
    "|吹[个点一]?牛|乱|瞎(?!忙|操)|随[便手口]|误|不小心|(?<!教我)[按踩碰]|点[的到错]|[乱误]点|摸[的到]|(?:孩|娃|孙|猫|狗|家伙)[^,]{0,3}(?:(?<!着)玩|拿|抢|抓|发|弄|打)|替(?!换|班|补)|代(?!沟|价)|(?<!团团)转(?!的字|悠|圈|不过|了[一两几]圈|眼|身|业|车|转|正)|复制|粘贴|截图|[别邻她他那]的?个?村|隔壁(?![大婶奶爷叔伯阿王李张邻]|的?[嫂婶])|娘家(?!喝|吃|做|过|住|回)|(?<!户)人家|他们|她们|(?:姐|妹|姨|姑|嫂|妈|爹|舅|亲|朋友)[^,]{0,3}(?:村|那里|那边)|全[镇乡县市]|各[村组]|[几两三]个?村|镇里|乡里|县里|上面|上级|文件|通知|消息"
    "|(?:说|讲|告诉|(?<!上)传|听|看|问|教|让|叫|催|骂|写|记|是|显示|为)(?:了|的|我|过|起|道|到|着|过|我的)?$|(?:说|讲)的?(?:是|有|这|那)|(?:[看听读刷见问查]到?(?:来)?的)(?!话|人|都|意见|心情|时候|故事)|老人马|旧(?!社会)|[没不]信(?!号)|怀疑|不敢|没底|没谱|(?<![听看分认说])不[清确]|不知道?(?:对|准|是不|几|多少|数|真|有没|算|行|能|该|咋报|怎么报|可)|大概$|可能$|好像$|去年|前年|明年|(?<!您)上[次回届周个]|下[次回届周]个?.*再|等我(?:电|消|信|通|再|给|核|问|数|查|准|定|开|回来再)|先[放压挂记写]|要挨|扣分|排名|[图为]好看|作准|当真|当数"
)
_CONDITION: Final = re.compile(
    "^[^,]{0,2}(?:如果|要是|要不是|假如|倘若|若是?|万一|只要|除非|一旦|等(?![您你下会])|待(?!会|人|客|见))|的话$|前提|条件是|就好了?$|[就才]能$"
)
_POLITE: Final = re.compile("[您你请别莫]|有空")
_HOUSEHOLD: Final = re.compile("[饭菜茶酒衣碗业活地谷稻果路桥灯牌电网房屋病车天会事忙手机]")
_THEN: Final = re.compile("等[^,]*才(?:敢|能|有空|得空|来得及|顾得上|有工夫)")
_PLAIN: Final = re.compile(
    "(?:很|挺|蛮|怪|真|可|够|好|特别|非常|超|都|个个|满|乐呵|打着[^,]{1,6}|热热闹闹|高高兴兴|辛辛苦苦|开开心心)[^,]{1,6}的$|似的$|(?:来|回|去|走|骑|坐|跑|教|帮装|买|送|学|种|做|煮|养|织|修|结婚|过|忙|工作|生活|开心|愉快)的$|^[^,]{0,5}(?:手机|电话|电脑|微信|字|语音|拼音|打字|茶|水果|饭)[^,]*的$"
)
_OF: Final = re.compile("的[哈哦啊呢吧呀嘛]*$")
_THIS: Final = re.compile(
    "^(?:这|那|以上|上面|都|全|就|其实|其中)*(?:个|些|条)*(?:都|也)?(?:不?是|指|归|属)"
)


def without(text: str, lexicon: Lexicon, called: re.Pattern[str]) -> str:
    """The text with asides blanked out by spaces, as long as before; `called` finds the names of figures."""
    if _BREAKS.isdisjoint(text):
        return text
    clauses = list(_CLAUSE.finditer(text))
    ratio = any(one.kind is IndicatorKind.RATIO for one in lexicon.indicators)
    settled = not ratio and _SETTLED.search(called.sub("\x00", text)) is not None
    for n, found in enumerate(clauses):
        said, behind = found[0], [one[0] for one in clauses[n + 1 : n + 3]]
        led = text[found.end() : found.end() + 1] == " " and _LED.match(said)
        cited = report_apart.cited(said, text[found.end() : found.end() + 1])
        if len(said) < 2 or led or cited or _FOLLOWED.match(text, found.end()):
            continue
        if n and _NONE.search(said) and _bare(clauses[n - 1][0], called):
            continue  # 至于新增执委，我们社区这次没有
        if _IF.match(said) and behind and _SO.search(behind[0]):
            continue  # 要是阿兰婆婆肯放她出来，新执委就是12个
        apart = untold.apart(said, clauses[n - 1][0] if n else "")
        apart = apart or untold.settled(said, text[: found.start()], behind)
        apart = (
            apart
            or aside(said)
            or _overcome(said, behind)
            or _as_ordered(said, behind)
            or (settled and (_counts_others(said) or _TOOK.fullmatch(said) is not None))
        )
        if apart and (called.search(said) or _of_a_unit(said, lexicon)):
            apart = untold.unreached(said) and _of_a_unit("".join(behind[:1]), lexicon)
        if apart:
            text = blank.span(text, _behind_mark(text, found), found.end())
    return text


def _behind_mark(text: str, found: re.Match[str]) -> int:
    """Where an item of a list begins behind its number, by which the others are counted on: 二、开展讲座1场."""
    marks = enumerated.list_marks(text) if "、" in found[0] or "." in found[0] else []
    return next((end for start, end in marks if start == found.start()), found.start())


_NONE: Final = re.compile("(?:没有?|无|没得|冇)(?:上?报|准?数|定|结果|消息|统计)?[啊呢的了哦]*$")
_TOPIC_OF: Final = re.compile("(?:方面|这块|这边|情况|人数|数|呢|嘛|的|吧)*")


def _bare(before: str, called: re.Pattern[str]) -> bool:
    """Whether a clause ends with the name of a figure and gives it no value."""
    names = list(called.finditer(before))
    return bool(names) and _TOPIC_OF.fullmatch(before, names[-1].end()) is not None


_BEHALF: Final = re.compile(
    "[帮替代](?![我你您忙大姐领咱俺她他您群乡村妇书主])[一-鿿]{2,6}?(?:上报|报|填|发|说|讲)"
)
"""顺便帮九蓬村报下: whose figures they are."""
_TOOK: Final = re.compile(
    "(?:我们|前后|总共|一共|只|才)*(?:用|花)?了?(?:不到)?(?:半|[0-9一二两三四五六七八九十]+)个?多?(?:上午|下午|晚上|早上|小时|钟头|天|礼拜|星期)(?:时间)?(?:就|便|才)(?:都|全部?)?[搞办弄选开做][定完好成]了?"
)
"""一个上午就搞定了, beside a number: how long that took."""
_IF: Final = re.compile("要是|如果|假如|万一|只要|除非|倘若|若是|等")
_SO: Final = re.compile("就|才|那么|便")
_OWN: Final = re.compile("[我咱俺本]们?(?:这个?|的)?(?:村|社区|乡|镇|街道|县|区)")
_PLACE: Final = re.compile(
    "(?:^|[ 是])(?:(?![我俺咱本全各去到在来从回进出比跟和给的几邻]|[别其][的他它余]|剩下|余下|隔壁)[\u4e00-\u9fff]){1,4}(?:村(?![里民委口头部干妇医两子庄道])|社区(?![里民委干])|居委会)"
)


def _of_a_unit(said: str, lexicon: Lexicon) -> bool:
    """Whether a clause speaks of a unit that may be another than hers."""
    if lexicon.names.find(said) or _BEHALF.search(said):
        return True
    if _OWN.search(said):
        return lexicon.own.level is not Level.VILLAGE
    return _PLACE.search(said) is not None or forms.OUT.match(said) is not None


_NUM: Final = "(?:[0-9]+|[一二两三四五六七八九十百]+)"
_SETTLED: Final = re.compile(
    f"\x00[^,;。!\\n\x00]{{0,4}}{_NUM}[名个位人]?|{_NUM}[名个位人](?:新|女)?\x00|[选增添][出了上举增选]*{_NUM}[名个位人]"
)
_OTHERS: Final = re.compile(
    f"[\u4e00-\u9fff]{{0,8}}(?:(?:来|(?<![做达办得])到|坐|挤|摆|跑|请|喊|借|搬|送|问|劝|打|站|看|花|等|说服|动员|做通|走访)(?:了|满|过|着)+|好汉|大军){_NUM}(?![名位半])[\u4e00-\u9fff]{{0,8}}|[\u4e00-\u9fff]{{0,6}}{_NUM}[个名]?(?:代表|人)?(?:里|中)?(?:来|到)了{_NUM}[个名人]?"
)
_OURS: Final = re.compile(
    "新|增|选[出了上]|当选|共|总|合计|累计|不对|错|改|应|减|退|缺|差|少|多|补|加(?!班)|其中|含|另|到位|没|不|名额|指标|任务|要求|计划|定|报|数(?!落)|老的|旧|连任|留|算|候|[^问]题|执|委"
)


def _counts_others(said: str) -> bool:
    """跑了15户人家, 结果来了47个 beside a figure that has its number: of other things."""
    return _OTHERS.fullmatch(said.rstrip("了啊呢哈的")) is not None and not _OURS.search(said)


_LED: Final = re.compile(
    "预计|计划|下[周个]|听说|据说|争取|假如|如果|可能|大概|打算|他们说|有人说|是不是|是否|明[天年]|要求|目标|隔壁"
)
"""What reaches over a space to what follows."""
_BREAKS: Final = frozenset(",;:。!?\n~ …")
_ONCE: Final = re.compile(
    "^[^,]{0,6}?(?:原来|本来|起[初先]|(?:一)?开始|之前|[前头]面?[一两二三几][次回]|前几天|前[天些阵]|上[次周回]|上个[月周]|第[一1][次轮回]|差[点一]|一直没|早先|先前|以前|从前|过去|(?:[原本]|还|都)以为|头[一两]?天|刚开[始头]|开头|昨天|当初|原定|去年|会推迟|会延)"
)
_NOW: Final = "(?:现在|没[想料]到|想不到|没成想|谁知道?|哪知道?|哪晓得|不料|今[天晚早]|后[来面头]|第二天|倒是|终于|总算|最[后终]|第[二2两三3][次轮回]|到底|还是|好在|幸好|这[次回周个下]|今年|昨[天晚]|结果|做通|说通|想通|谈妥|都(?:同意|答应|签|来|到|愿意|解决|好))"
_WELL: Final = re.compile(
    f"结果[^没未不]{{0,6}}(?:踊跃|积极|热情|抢着|争着|顺利)|{_NOW}[^没未不再要想会等待]*(?:[了成齐通过完定好妥]|[来抢着]来|抢着[干来上当]|补?开的|(?:选[出了上]|新增|完成).*)$"
)


_ORDERED: Final = re.compile(
    "(?:按照?|依照|根据|依据|遵照)?[^,数每各应]{0,10}[0-9]{1,3}号(?:文件?(?:的?(?:要求|精神|部署|规定))?|的?(?:要求|精神|部署|规定))"
)
_FULFILLED: Final = re.compile("(?!.*[应要须需必率前])[^,]*(?:已|完成|办结|落实)")


def _as_ordered(said: str, behind: list[str]) -> bool:
    """按照12号文件要求，会改联完成: by whose order it was done; of a figure it would be the quota."""
    done = bool(behind) and _FULFILLED.match(behind[0]) and not _PERSONS.search(behind[0])
    return bool(done) and _ORDERED.fullmatch(said) is not None


_UNWILLING: Final = re.compile("不[肯愿想当干]|没[^,]{0,3}(?:来|签|同意|答应|空)")
_UNHARMED: Final = re.compile("(?:好在|幸好|幸亏|还好)没[^,]{1,4}$")
_TROUBLE: Final = re.compile(
    "[没未不无差难僵推停缺吵拖误漏坏冲堵雨雪怕]|取消|反对|以为|犹豫|原定|延|改到"
)
_AFTER_ALL: Final = re.compile(
    "(?:总算|终于)(?!.*(?:完成|[办搞弄做改选]))[^没未不数报批审]*[了成齐通过完定好妥]$"
)


_MOVED: Final = re.compile(
    "(?:因为?|由于)[^,]{1,6}(?:改|推迟|拖|延)到了?(?:昨[天晚]|今天|前[天晚]|周[一二三四五六日]|[这本]周)[^,]{0,3}$|(?:取消|推迟|延期|没开成|改期|耽搁)了?改?(?:到|在|成)?[^,]{1,6}(?:开|选|办)(?:的|了|成了)$|改(?:到|在|成)[^,]{1,6}(?:开|选|办)(?:的|了)?$"
)


_MOVES: Final = frozenset("因由消迟延期搁")


def _moved(said: str) -> bool:
    """因为下雨推迟到了昨天, 改到今天开的: it was held after all."""
    signs = not _MOVES.isdisjoint(said) or "没开成" in said or _TO.search(said)
    return bool(signs) and _MOVED.search(said) is not None


_TO: Final = re.compile("改[到在成]")


def _overcome(said: str, later: list[str]) -> bool:
    """第一次没开成，第二次开成了: what went wrong once is over."""
    if _AFTER_ALL.search(said) and not (_PERSONS.search(said) or _valued(said)):
        return True
    if _moved(said):
        return True
    if not (_ONCE.search(said) and _TROUBLE.search(said)) or (
        _PERSONS.search(said) and not _UNWILLING.search(said)
    ):
        return False
    if _WELL.search(said) or _UNHARMED.search(said):
        return True
    return any(
        (re.match(_NOW, one) and _WELL.search(one)) or _moved(one) or _UNHARMED.search(one)
        for one in later
    )


_AT_HER_WISH: Final = re.compile(
    "(?<!席)(?<!记)[她他]们?(?:叫|让|托|请|喊|委托)我|^(?:微信|群里?|手机|网上?|电话|广播)(?:[里上]|中)?(?:传|看|听|说|讲|发)(?:来|到)?的$"
)
"""她叫我讲一声, 微信上传的: whose words these are."""


@lru_cache(maxsize=8192)
def aside(said: str, *, whole: bool = True) -> bool:
    """Whether a clause surely speaks of another matter than figures; `whole`: it is known to be a sentence."""
    said = said.rstrip("?~ ")
    asked = said.endswith(("吗", "么")) and not _ANOTHER_QUESTION.search(said)
    if asked or _HOW.search(said) or _AT_HER_WISH.search(said):
        return False
    if objects.of_objects(said) or objects.of_people(said):
        return True
    left = telling.TELLING.sub("", said)
    if _SOME.fullmatch(said) or (_PERSONS.search(left) and not _MONEY.search(left)):
        return False
    if left != said and not left.strip(telling.QUIET):
        return True
    left = left.rstrip("哈哦啊呢吧呀嘛啦了?~ ")
    return _of_life(said, left) or (whole and _far_off(said, left))


_SOME: Final = re.compile(
    "(?:大概|大约|可能|估计|应该|差不多|也就|就|有|是|约)*(?:[一二三四五六七八九十百]?[十百千]?[几来多余]|[一二三四五六七八九]{2})[名个位人](?:吧|左右|上下|的样子|了|呢)*"
)
"""十来个吧: a number, though nobody knows which."""
_MONEY: Final = re.compile("买|花了|付了|卖|捐|[0-9]+[块元]")
_TOPIC: Final = re.compile(
    "数|报|填|写|草[稿案]|初稿|口述|步|阶段|进[度展]|选|会(?![唱做说来用])|票|批|定|签|名|单|人(?![管干家来])|公示|章|序|手续|审|核|准|确|算|同意|知道|答应|认可|变|改|真|实|执委|任|届|成[了功]?$|完|行|可以|能$|够"
    "|为[什啥]|显示|里[头面]|一样|下个?[月周星礼]|月底|年底|明年|来年|到时|松口(?!气)|点头|拍板|表态|发话|吭声|希望|盼|一撇|[走散停]了|一起|至少|至多|上[头面级]|不当|几个|嫌|减|加|多|少|错|漏|[没不]有?了$|这么|那么|以[上下]|其中|还有|另外|都是|全是|就是|不是"
)
"""What a clause that bears on figures speaks of, unless it is short."""
_LONG: Final = 6


def on_topic(said: str) -> bool:
    """Whether a clause speaks of something that figures hang on."""
    return (_TOPIC.search(said) or _GRAVE.search(said)) is not None


def _far_off(said: str, left: str) -> bool:
    """不像以前冷冷清清, 老支书拄着拐杖也不缺席: a whole sentence that speaks of nothing that figures hang on."""
    if len(said) < _LONG or _TOPIC.search(said) or _GRAVE.search(left) or _THIS.search(said):
        return False
    if bearing.BEARS.search(left) or _CONDITION.search(left) or _OF.search(left):
        return False
    if _WILL.match(said):
        return False
    return _HAN.fullmatch(said.rstrip("!~ ")) is not None and not _valued(said)


_VALUES: Final = frozenset({Kind.DONE, Kind.NOT_DONE, Kind.ZERO, Kind.SAME})


_DONE: Final = frozenset({Kind.DONE})


def _valued(said: str, kinds: frozenset[Kind] = _VALUES) -> bool:
    """咱村早整利索了: whether a word gives a figure its value, though none is named."""
    return any(
        vocabulary.WORDS.get(said[at:end]) in kinds
        for at in range(len(said))
        for end in range(at + 2, min(len(said), at + vocabulary.REACH.get(said[at], 0)) + 1)
    )


_HAN: Final = re.compile("[一-鿿]+")
_WILL: Final = re.compile("(?:我们?|本)?(?:村|社区|乡|镇)?(?:妇联)?将(?![来近就信])")
_HOW: Final = re.compile("[怎咋]么?[么样]?[报填写回弄改撤删算]")
_ANOTHER_QUESTION: Final = re.compile("[您你能要哪]|有没有|什么")


def _of_life(said: str, left: str) -> bool:
    if life.first(said) < 0 or _GRAVE.search(left) or _THIS.search(said):
        return False
    if bearing.BEARS.search(left) or (_valued(said, _DONE) and not _HOUSEHOLD.search(said)):
        return False
    if _CONDITION.search(left) and not (_POLITE.search(said) or _THEN.search(said)):
        return False
    return not _OF.search(left) or _PLAIN.search(left) is not None
