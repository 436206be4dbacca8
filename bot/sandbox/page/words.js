// Every word of the page, in Chinese and in English. What people and the account say to each other stays as it is.
const WORDS = {
  title: ["一呼 · 沙盘", "Yihu · sandbox"],
  subtitle: ["一声招呼传到村，一句句回话收回来", "One call reaches every village, and the answers climb back"],
  tour: ["导览", "Tour"],
  language: ["EN", "中文"],
  language_label: ["Switch to English", "换成中文"],
  clock_label: ["沙盘里的时间，按一下可以拨快", "Time in the sandbox; press to move it"],
  time_title: ["把时间拨到", "Move the time to"],
  time_hour: ["一小时后", "one hour later"],
  time_day: ["一天后", "one day later"],
  time_evening: ["晚上 19:07", "19:07 in the evening"],
  time_morning: ["第二天 8:37", "8:37 next morning"],
  time_friday: ["周五 16:07", "Friday 16:07"],
  time_note: ["平台和程序的钟一起走。只能往后拨。", "The platform's clock and the program's move together, and only forward."],

  view_phone: ["手机", "Phone"], view_find: ["找人", "People"], view_stage: ["全景", "Picture"], view_groups: ["微信群", "Groups"], view_more: ["沙盘", "Sandbox"],
  views: ["看哪里", "Views"],
  find_title: ["替谁说话", "Whose phone"],
  search: ["找人：单位、姓名、职务", "Find: unit, name, post"],
  search_none: ["没有这样的人，换个词找找", "Nobody like that; try another word"],
  search_some: ["共找到 {n} 人，这里列 {m} 人", "{n} found, {m} shown"],
  people_all: ["{units} 个组织，{people} 人", "{units} units, {people} people"],
  people_none: ["沙盘还没有人。可以先用一位新用户。", "Nobody here yet. Take a new user."],
  stranger: ["＋ 一位路过的新用户", "＋ Somebody new"],
  stranger_name: ["新用户", "New user"],
  unregistered: ["没登记", "not registered"],
  tree_label: ["按单位找", "By unit"],

  phone_of: ["{unit} {name} 的手机", "Phone of {name}, {unit}"],
  phone_nobody: ["还没选人", "Nobody chosen"],
  change: ["换人", "Change"],
  account: ["公众号", "Official account"],
  back: ["返回", "Back"],
  follow: ["关注公众号", "Follow"],
  unfollow: ["取消关注", "Unfollow"],
  slip_title: ["她手上的纸条", "The slip in her hand"],
  slip_text: ["乡镇给的登记码。关注公众号，再把这句话发出去，就登记上了。", "A code from the township. Follow the account and send this line to register."],
  slip_send: ["照着说：{slip}", "Say it: {slip}"],
  empty_title: ["替她说一句话", "Say something for her"],
  empty_text: ["公众号听得懂平常话。先试试下面这几句。", "The account understands plain Chinese. Try one of these."],
  pick_title: ["这是一部“手机”", "This is a phone"],
  pick_text: ["先选一个人，或者跟着导览走一遍。这里不是真的微信，说什么都不会发到外面去。", "Choose a person, or take the tour. This is not the real WeChat: nothing leaves this machine."],
  say: ["说点什么", "Say something"],
  say_voice: ["打的字当作她说的话", "Typed words count as spoken"],
  say_follow: ["先关注才能说话", "Follow first"],
  message: ["消息", "Message"],
  send: ["发送", "Send"],
  voice: ["语音", "Voice"],
  voice_hint: ["按下后，打的字当作语音听出来的", "When pressed, typed words count as recognised speech"],
  keyboard: ["切换菜单和键盘", "Menu or keyboard"],
  more: ["更多", "More"],
  photo: ["照片", "Photo"],
  photo_sent: ["[图片]", "[picture]"],
  menu_none: ["这个公众号还没有菜单", "The account has no menu yet"],
  spoken: ["语音", "voice"],
  unheard: ["（没有识别出文字）", "(nothing recognised)"],
  forward: ["转发到我的群", "Forward to my group"],
  forwarded: ["转发到了 {n} 个群", "Forwarded to {n} group(s)"],
  forward_none: ["还没有可转的消息", "Nothing to forward yet"],
  details: ["查看详情", "Details"],
  picture: ["图片", "Picture"],
  scanned: ["扫到一个二维码。", "A QR code was scanned."],
  scan_here: ["用这部手机扫码", "Scan with this phone"],
  scan_pick: ["扫到一个二维码：先选一个人，或用一位新用户", "A QR code: choose a person first, or somebody new"],
  undelivered: ["没有送到程序：{why}", "Not delivered to the program: {why}"],
  refused: ["沙箱没有答应这件事", "The sandbox refused"],
  try_village: ["会改联完成了，新选12个|进度|困难 没有办公场所|我的事", null],
  try_township: ["谁没报|进度|新增执委9名|我的事", null],
  try_office: ["进度|谁没报|周报|发通知", null],
  try_stranger: ["你好|怎么登记|人工", null],
  close: ["关闭", "Close"],
  page_frame: ["手机里打开的网页", "Page opened in the phone"],
  outside: ["这个网址在外面，沙盘不替您打开：", "This address is outside; the sandbox does not open it:"],

  stage_label: ["从全国到村的一棵树：{called} 人收到，{answered} 人有回音", "The tree from nation to village: {called} reached, {answered} answered"],
  stage_help: ["点一个点，就拿起她的手机", "Tap a dot to take up her phone"],
  stage_none: ["还没有组织。启动演示（make run），或向 /control/units 说明。", "No units yet. Start the demo (make run), or tell /control/units."],
  fig_called: ["收到", "reached"], fig_answered: ["有回音", "answered"], fig_share: ["回音率", "answer rate"], fig_refused: ["没送到", "refused"], fig_groups: ["转到群", "in groups"],
  dot_away: ["没关注", "not following"], dot_quiet: ["没消息", "quiet"], dot_called: ["收到通知", "got the notice"], dot_answered: ["回话了", "answered"], dot_group: ["转到群", "in the group"],
  legend: ["图例", "Legend"],
  restate: ["清一清颜色", "Clear colours"],

  tab_crowd: ["大家", "People act"], tab_news: ["动静", "News"], tab_faults: ["故障", "Faults"], tab_ledger: ["台账", "Ledger"],
  tabs: ["沙盘的开关", "Sandbox controls"],
  act_start: ["让大家动起来", "Let people act"],
  act_stop: ["停下", "Stop"],
  act_about: ["沙盘里的人自己登记、签收、转发、上报、问进度、抱怨，或者什么也不做。", "The simulated people register, sign, forward, report, ask, complain, or do nothing."],
  act_share: ["参与的人", "Share who act"],
  act_speed: ["每秒动作", "Actions a second"],
  act_seed: ["种子", "Seed"],
  act_seed_hint: ["同一个种子，同样的人说同样的话", "The same seed: the same people say the same things"],
  act_rate: ["{n} 个动作，眼下每秒 {rate} 个", "{n} actions, {rate} a second now"],
  act_did: ["做了 {n} 个动作", "{n} actions done"],
  act_problems: ["{n} 次程序没有答", "{n} not answered by the program"],
  do_register: ["登记", "register"], do_sign: ["签收", "sign"], do_relay: ["转发", "forward"], do_report: ["上报", "report"],
  do_ask: ["问", "ask"], do_complain: ["困难和抱怨", "complain"], do_reply: ["答追问", "reply"], do_ignore: ["不理", "ignore"],
  news_none: ["还没有动静", "Nothing has happened yet"],
  ev_sent: ["收到通知", "got a notice"], ev_letter: ["收到来信", "got a letter"], ev_refused: ["没送到（{text}）", "refused ({text})"],
  ev_said: ["说：{text}", "said: {text}"], ev_tapped: ["{text}", "{text}"], ev_answered: ["公众号答：{text}", "was answered: {text}"],
  ev_robot: ["机器人在群里说话", "robot spoke in the group"], ev_forward: ["转到了{text}", "forwarded to {text}"], ev_opened: ["打开了链接", "opened a link"],
  groups_none: ["群里还没有消息。发一个对象含“群”的通知，群主转发、机器人说话都会出现在这里。", "Nothing in the groups yet. Send a notice whose audience includes 群 (groups)."],
  groups_count: ["{n} 个群，{m} 个有消息", "{n} groups, {m} with messages"],
  robot: ["群机器人", "Robot"],
  owner_said: ["{name}（群主）转发", "{name} (owner) forwarded"],
  fault_about: ["平台也会出毛病。打开一个，看程序怎么办；关掉就好了。", "Platforms fail too. Switch a fault on, watch the program cope, switch it off."],
  fault_slow: ["平台慢：每次答 2 秒", "Slow platform: 2 s an answer"],
  fault_busy: ["三成调用答“系统忙”(-1)", "30 % answer busy (-1)"],
  fault_quota: ["今天的额度用完(45009)", "Quota used up (45009)"],
  fault_drop: ["两成调用断线", "20 % of calls dropped"],
  fault_report: ["一成人拒收", "10 % refuse messages"],
  fault_token: ["令牌作废一次", "Revoke the tokens once"],
  fault_repeat: ["把上一个推送再发两遍", "Repeat the last push twice"],
  fault_done: ["做了", "Done"],
  fault_failed: ["没有做成：{why}", "Failed: {why}"],
  ledger_time: ["平台收到的调用", "Calls the platform took"],
  ledger_more: ["全部控制口见 /control", "All controls: /control"],
  duplicates: ["重复提交（没有再发）", "repeats, not sent again"],
  failed: ["{name} 出错 {code}", "{name} failed {code}"],
  no_target: ["还没有接程序：启动时加 --target。", "No program attached: start with --target."],

  tour_title: ["五分钟导览", "Five-minute tour"],
  tour_step: ["第 {n} 步，共 6 步", "Step {n} of 6"],
  tour_do: ["替我做", "Do it for me"],
  tour_next: ["下一步", "Next"],
  tour_prev: ["上一步", "Back"],
  tour_start: ["开始", "Start"],
  tour_end: ["完成", "Finish"],
  tour_hide: ["收起导览", "Hide the tour"],
  tour_show: ["展开导览", "Show the tour"],
  tour_see_phone: ["看手机", "See the phone"],
  tour_see_stage: ["看全景", "See the picture"],
  tour_done: ["做到了", "done"],
  tour_again: ["再走一遍", "Once more"],
};

const at = { language: "zh" };

export function language() { return at.language; }

export function setLanguage(name) {
  at.language = name === "en" ? "en" : "zh";
  try { localStorage.setItem("language", at.language); } catch { /* a private window remembers nothing */ }
  document.documentElement.lang = at.language === "en" ? "en" : "zh-CN";
  paint(document);
}

export function firstLanguage() {
  const asked = new URLSearchParams(location.search).get("lang");
  let kept = null;
  try { kept = localStorage.getItem("language"); } catch { /* see above */ }
  return asked || kept || "zh";
}

/** The words under `key`, with {gaps} filled. */
export function t(key, gaps = {}) {
  const both = WORDS[key];
  const text = both === undefined ? key : (at.language === "en" ? both[1] ?? both[0] : both[0]);
  return text.replace(/\{(\w+)\}/g, (_, name) => gaps[name] ?? "");
}

/** One of two texts that stand together. */
export function either(zh, en) { return at.language === "en" ? en : zh; }

/** Puts the words into everything below `root` that names them: data-t its text, data-t-NAME its attribute NAME. */
export function paint(root) {
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const [attribute, mark] of [["aria-label", "tLabel"], ["placeholder", "tPlaceholder"], ["title", "tTitle"]]) {
    const selector = "[data-" + mark.replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase()) + "]";
    for (const node of root.querySelectorAll(selector)) node.setAttribute(attribute, t(node.dataset[mark]));
  }
}
