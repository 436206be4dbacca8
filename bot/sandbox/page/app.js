// The sandbox's page: picks a person, shows her chat, the groups and the ledger's counts. Talks to /control only.
"use strict";

const $ = (id) => document.getElementById(id);
const state = { openid: "", seen: 0, person: null, scan: new URLSearchParams(location.search).get("scan"), voice: false, menu: "" };
const NAMES = {
  "/cgi-bin/message/template/send": "模板通知", "/cgi-bin/message/custom/send": "客服消息",
  "/cgi-bin/message/mass/send": "群发", "/cgi-bin/message/subscribe/bizsend": "订阅通知",
  "/cgi-bin/message/send": "企业微信应用消息", "/cgi-bin/webhook/send": "群机器人", "/cgi-bin/stable_token": "取令牌", "/cgi-bin/menu/create": "建菜单",
  "/cgi-bin/qrcode/create": "建二维码", "/cgi-bin/media/upload": "传图片",
};
const clockText = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false });

async function ask(path, body) {
  const answer = await fetch("/control" + path, body === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  const data = await answer.json();
  if (!answer.ok) throw new Error(data.error || "沙箱没有答应这件事");
  return data;
}

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { $("toast").hidden = true; }, 3500);
}

function go(view) {
  document.body.dataset.view = view;
  for (const tab of document.querySelectorAll(".tabs button")) tab.setAttribute("aria-current", tab.dataset.go === view);
  document.querySelector(".tabs").classList.toggle("busy", Boolean(state.openid));
  if (view === "chat") toEnd();
}

function toEnd() {
  $("lines").scrollTop = $("lines").scrollHeight;
}

// --- people ---------------------------------------------------------------------------------------------------
const nameOf = (person) => [person.name, person.role].filter(Boolean).join(" ") || "新用户";

async function showPeople() {
  const found = await ask("/people?limit=80&q=" + encodeURIComponent($("search").value));
  $("people").replaceChildren(...found.people.map((person) => make("li", {}, make("button", {
    type: "button", "aria-current": person.openid === state.openid, onclick: () => choose(person),
  }, make("span", { class: "face", "aria-hidden": "true" }, nameOf(person)[0]),
  make("span", { class: "label" }, make("b", {}, nameOf(person)), make("small", {}, person.unit || "…" + person.openid.slice(-6)))))));
  $("more").textContent = found.people.length ? `共 ${found.total} 人，这里列 ${found.people.length} 人` : found.total ? "没有这样的人，换个词找找" : "还没有人：可以先用一位新用户";
}

function choose(person) {
  Object.assign(state, { openid: person.openid, person, seen: 0 });
  $("who").textContent = "公众号 · " + nameOf(person) + (person.unit ? "（" + person.unit + "）" : "");
  $("lines").replaceChildren();
  $("composer").hidden = false;
  $("follow").hidden = false;
  $("scanning").hidden = !state.scan;
  go("chat");
  refresh();
  showPeople();
}

function showPerson() {
  const follows = !state.person || state.person.follows;
  $("follow").textContent = follows ? "取消关注" : "关注公众号";
  for (const id of ["text", "voice", "toggle"]) $(id).disabled = !follows;
  $("text").placeholder = follows ? (state.voice ? "打的字当作语音" : "说点什么") : "先关注才能说话";
}

// --- chat -----------------------------------------------------------------------------------------------------
function rich(text) {
  const parts = document.createDocumentFragment();
  const pattern = /<a\s+href="([^"]*)"[^>]*>([^<]*)<\/a>|(https?:\/\/[^\s，。；、）)]+)/g;
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    parts.append(text.slice(last, match.index), link(match[1] || match[3], match[2] || match[3]));
    last = match.index + match[0].length;
  }
  parts.append(text.slice(last));
  return parts;
}

function link(address, text) {
  if (!/^https?:\/\//.test(address)) return document.createTextNode(text);
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}

function card(line) {
  const rows = line.rows.flatMap((row) => row.label
    ? [make("dt", {}, row.label), make("dd", {}, row.value)] : [make("dd", { class: "wide" }, row.value)]);
  const more = line.url ? link(line.url, "查看详情") : null;
  if (more && more.append) more.append(make("span", { "aria-hidden": "true" }, "›"));
  return make("article", { class: "card" }, make("h3", {}, line.title), make("time", {}, clockText.format(line.at)), make("dl", {}, ...rows), more);
}

function inside(line) {
  const content = line.content || {};
  const mediaId = content.media_id || (line.fields && line.fields.Image && line.fields.Image.MediaId);
  if (line.kind === "image" && mediaId) return [make("img", { src: "/control/media/" + mediaId, alt: "图片", onload: () => toEnd() })];
  if (line.kind === "voice" && line.from === "her") return [make("small", { class: "spoken" }, "语音"), line.text || "（没有识别出文字）"];
  if (line.kind === "msgmenu") {
    const picks = content.list.map((item) => make("button", {
      type: "button", class: "pick", onclick: () => act("/say", { text: item.content, bizmsgmenuid: String(item.id) }),
    }, item.content));
    return [content.head_content || "", ...picks, content.tail_content || ""];
  }
  if (line.kind === "news") return [((content.articles || [])[0] || {}).title || "[图文]"];
  return [rich(line.text || `[${line.kind}]`)];
}

function draw(line) {
  if (line.kind === "template") return card(line);
  if (line.kind === "event") return make("p", { class: "note" }, line.text);
  if (line.kind === "problem") return make("p", { class: "note bad" }, line.text + "（" + line.problem + "）");
  const own = line.from === "her";
  return make("div", { class: "line " + line.from },
    make("span", { class: "face" + (own ? "" : " account"), "aria-hidden": "true" }, own ? nameOf(state.person)[0] : "号"),
    make("div", { class: "bubble" }, ...inside(line)));
}

async function showChat() {
  const openid = state.openid;
  if (!openid) return;
  const found = await ask(`/chat/${encodeURIComponent(openid)}?since=${state.seen}`);
  if (openid !== state.openid || (found.lines.length && found.lines[0].n !== state.seen + 1)) return;
  if (found.person) state.person = found.person;
  if (found.person && found.person.lines < state.seen) { state.seen = 0; $("lines").replaceChildren(); return; }
  for (const line of found.lines) {
    if (state.seen === 0 || line.at - state.at > 300000) $("lines").append(make("p", { class: "note" }, clockText.format(line.at)));
    $("lines").append(draw(line));
    Object.assign(state, { seen: line.n, at: line.at });
  }
  $("empty").hidden = state.seen > 0;
  $("lines").hidden = state.seen === 0;
  if (found.lines.length) toEnd(); // only what is shown can be scrolled
  showPerson();
}

async function act(path, body) {
  if (!state.openid) return;
  try {
    const sent = ask(path, { openid: state.openid, ...body });
    setTimeout(() => showChat().catch(() => {}), 60);
    const result = await sent;
    if (result.problem && result.status === null) toast("没有送到程序：" + result.problem);
  } catch (error) { toast(error.message); }
  refresh();
}

// --- menu -----------------------------------------------------------------------------------------------------
function tap(button) {
  if (button.type === "view") {
    window.open(button.url, "_blank", "noopener");
    act("/event", { event: "VIEW", event_key: button.url });
  } else act("/click", { key: button.key });
}

function menuItem(button) {
  const below = (button.sub_button || []).length ? make("div", { class: "below", hidden: "" },
    ...button.sub_button.map((item) => make("button", { type: "button", onclick: () => { below.hidden = true; tap(item); } }, item.name))) : null;
  return make("div", {}, below, make("button", {
    type: "button", "aria-haspopup": below ? "true" : undefined,
    onclick: () => {
      for (const other of document.querySelectorAll(".below")) if (other !== below) other.hidden = true;
      if (below) below.hidden = !below.hidden; else tap(button);
    },
  }, (below ? "≡ " : "") + button.name));
}

async function showMenu() {
  const { menu } = await ask("/menu");
  const text = JSON.stringify(menu);
  if (text === state.menu) return;
  state.menu = text;
  $("menu").replaceChildren(...(menu ? menu.button.map(menuItem) : []));
  $("menu").hidden = !menu;
}

// --- groups and ledger ----------------------------------------------------------------------------------------
async function showGroups() {
  const { groups } = await ask("/groups?limit=3");
  const spoken = groups.filter((group) => group.sent);
  const text = JSON.stringify(spoken);
  $("grouped").textContent = groups.length ? `${groups.length} 个，${spoken.length} 个有消息` : "";
  if (text === state.groups) return;
  state.groups = text;
  $("groups").replaceChildren(...spoken.slice(0, 30).map((group) => make("section", { class: "group" },
    make("h3", {}, `${group.name || group.key}（${group.sent} 条）`),
    ...group.messages.map((message) => make("div", { class: "line" },
      make("span", { class: "face robot", "aria-hidden": "true" }, "机"), make("div", { class: "bubble" }, rich(message.text)))))));
  if (!spoken.length) $("groups").replaceChildren(make("p", { class: "hint" }, "群里还没有消息。发一个对象含“群”的通知，就会出现在这里。"));
}

async function showCounts() {
  const [sum, now] = await Promise.all([ask("/ledger/summary?copies=" + (state.entries > 20000 ? 0 : 1)), ask("")]);
  const row = (name, value, bad) => make("tr", bad ? { class: "bad" } : {}, make("td", {}, name), make("td", {}, String(value)));
  const rows = Object.keys(NAMES).filter((path) => sum.endpoints[path]).map((path) =>
    row(NAMES[path], path in sum.accepted ? sum.accepted[path] : sum.endpoints[path]["0"] || 0));
  for (const [path, found] of Object.entries(sum.endpoints)) {
    for (const [code, count] of Object.entries(found)) if (code !== "0") rows.push(row(`${NAMES[path] || path.slice(9)} 出错 ${code}`, count, true));
  }
  if (sum.duplicates) rows.push(row("重复提交（没有再发）", sum.duplicates));
  state.entries = sum.entries;
  if (sum.max_copies !== undefined) rows.push(row("同一条最多发给一人几份", sum.max_copies, sum.max_copies > 1));
  $("counts").replaceChildren(...rows);
  $("clock").textContent = clockText.format(now.clock.now_ms);
  $("faults").textContent = now.target ? "" : "还没有接程序：启动时加 --target，或向 /control/target 说明。";
}

function refresh() {
  for (const step of [showChat, showMenu, showGroups, showCounts]) step().catch(() => {});
}

// --- wiring ---------------------------------------------------------------------------------------------------
for (const button of document.querySelectorAll("[data-go]")) button.addEventListener("click", () => go(button.dataset.go));
for (const button of document.querySelectorAll("[data-try]")) button.addEventListener("click", () => {
  if (state.openid) act("/say", { text: button.dataset.try });
  else { toast("先选一个人"); go("people"); $("search").focus(); }
});
$("search").addEventListener("input", () => { clearTimeout(state.typing); state.typing = setTimeout(showPeople, 200); });
$("stranger").addEventListener("click", async () => {
  choose({ ...(await ask("/openid")), name: "", role: "", unit: "", follows: false });
});
$("follow").addEventListener("click", () => act(state.person.follows ? "/unfollow" : "/follow", {}));
$("scan").addEventListener("click", () => {
  act("/scan", { ticket: state.scan });
  state.scan = null;
  $("scanning").hidden = true;
  history.replaceState(null, "", "/");
});
$("toggle").addEventListener("click", () => { if ($("menu").children.length) $("menu").hidden = !$("menu").hidden; else toast("这个公众号还没有菜单"); });
$("voice").addEventListener("click", () => {
  state.voice = !state.voice;
  $("voice").setAttribute("aria-pressed", state.voice);
  showPerson();
});
$("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (!text) return;
  $("text").value = "";
  act(...(state.voice ? ["/voice", { recognition: text }] : ["/say", { text }]));
});
if (state.scan) toast("扫到一个二维码：先选一个人，或用一位新用户");
go("people");
showPeople().catch((error) => toast(error.message));
refresh();
setInterval(() => { if (!document.hidden) refresh(); }, 1500);
