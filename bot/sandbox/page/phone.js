// The phone: the chat of one person with the account, drawn as WeChat draws it.
import { $, ask, emit, hourText, hurry, make, momentText, on, state, toast } from "./net.js";
import { all, nameOf, shortName } from "./federation.js";
import { link, rich } from "./browser.js";
import { t } from "./words.js";

const chat = { seen: 0, at: 0, person: null, voice: false, busy: false, again: false };

export const current = () => chat.person;
export const lastSeen = () => chat.seen;

/** Take up somebody's phone. */
export function choose(person) {
  if (state.openid === person.openid) { emit("person", chat.person); return; }
  Object.assign(state, { openid: person.openid });
  Object.assign(chat, { person: { follows: person.stands !== 0, ...person }, seen: 0, at: 0, slipped: false });
  $("lines").replaceChildren(hello());
  $("composer").hidden = false;
  closeExtra();
  emit("person", chat.person);
  paintPerson();
  showChat().catch(() => {});
  hurry();
}

export async function stranger() {
  const { openid } = await ask("/openid");
  choose({ openid, name: "", role: "", unit: "", code: "", slip: "", stands: 0 });
}

function hello() {
  const person = chat.person;
  if (person && person.slip && !person.follows) return slip(person);
  return make("div", { class: "hello" }, make("h3", {}, t(person ? "empty_title" : "pick_title")), make("p", {}, t(person ? "empty_text" : "pick_text")));
}

function slip(person) {
  return make("div", { class: "slip" }, make("h3", {}, t("slip_title")), make("b", {}, person.slip), make("p", {}, t("slip_text")));
}

function tries(person) {
  if (!person || !person.follows) return [];
  if (person.slip && !chat.slipped) return [person.slip];
  const level = (all.units.get(person.code) || {}).level;
  const key = !person.name ? "try_stranger" : level === "village" ? "try_village" : level === "township" ? "try_township" : "try_office";
  return t(key).split("|");
}

function paintPerson() {
  const person = chat.person;
  $("whose").textContent = !person ? t("phone_nobody") : t("phone_of", { unit: shortName(person.unit || ""), name: nameOf(person) || t("stranger_name") }).trim();
  const follows = !person || person.follows;
  $("follow").hidden = follows;
  $("follow").textContent = t("follow");
  $("leave").hidden = !follows;
  $("forward").hidden = !(person && all.owned.get(person.openid));
  for (const id of ["text", "voice", "toggle", "plus"]) $(id).disabled = !follows;
  $("text").placeholder = !follows ? t("say_follow") : chat.voice ? t("say_voice") : t("say");
  const ideas = tries(person);
  const key = ideas.join("|");
  if (key !== chat.ideas) {
    chat.ideas = key;
    $("tries").replaceChildren(...ideas.map((text) => make("button", { type: "button", onclick: () => say(text) }, text)));
  }
  $("tries").hidden = ideas.length === 0;
}

// --- what stands in the chat ----------------------------------------------------------------------------------
function card(line) {
  const rows = line.rows.flatMap((row) => row.label ? [make("dt", {}, row.label), make("dd", {}, row.value)] : [make("dd", { class: "wide" }, row.value)]);
  const more = line.url ? link(line.url, t("details")) : null;
  if (more && more.append) more.append(make("span", { "aria-hidden": "true" }, "›"));
  return make("article", { class: "card" }, make("h3", {}, line.title), make("time", {}, momentText(line.at)), make("dl", {}, rows), more);
}

function article(line) {
  const one = (line.content.articles || [])[0] || {};
  return make("article", { class: "card" }, make("h3", {}, one.title || "[" + line.kind + "]"), make("dl", {}, make("dd", { class: "wide" }, one.description || one.digest || "")), one.url ? link(one.url, t("details")) : null);
}

function inside(line) {
  const content = line.content || {};
  const mediaId = content.media_id || (line.fields && line.fields.Image && line.fields.Image.MediaId) || line.media_id;
  if (line.kind === "image" && mediaId) return make("img", { src: "/control/media/" + encodeURIComponent(mediaId), alt: t("picture"), onload: toEnd });
  if (line.kind === "image") return t("photo_sent");
  if (line.kind === "voice" && line.from === "her") return [make("span", { class: "heard" }, "))) " + t("spoken")), line.text || t("unheard")];
  if (line.kind === "msgmenu") {
    const picks = content.list.map((item) => make("button", { type: "button", class: "pick", onclick: () => act("/say", { text: item.content, bizmsgmenuid: String(item.id) }) }, item.content));
    return [content.head_content || "", picks, content.tail_content || ""];
  }
  return rich(line.text || `[${line.kind}]`);
}

function draw(line) {
  if (line.kind === "template") return card(line);
  if (line.kind === "news" || line.kind === "mpnews") return article({ content: {}, ...line });
  if (line.kind === "event") return make("p", { class: "note" }, line.text);
  if (line.kind === "problem") return make("p", { class: "note bad" }, line.text + "（" + line.problem + "）");
  const own = line.from === "her";
  const shown = inside(line);
  const pictured = shown instanceof Node && shown.nodeName === "IMG";
  return make("div", { class: "line " + line.from },
    make("span", { class: "face" + (own ? "" : " account"), "aria-hidden": "true" }, own ? (nameOf(chat.person)[0] || "新") : "呼"),
    make("div", { class: "bubble" + (pictured ? " pictured" : "") }, shown));
}

function toEnd() { $("lines").scrollTop = $("lines").scrollHeight; }

/** Bring what is new into the chat; one look at a time, and once more if somebody asked meanwhile. */
export async function showChat() {
  if (chat.busy) { chat.again = true; return; }
  chat.busy = true;
  try {
    do {
      chat.again = false;
      await look();
    } while (chat.again);
  } finally { chat.busy = false; }
}

async function look() {
  const openid = state.openid, from = chat.seen;
  if (!openid) return;
  const found = await ask(`/chat/${encodeURIComponent(openid)}?since=${from}`);
  if (openid !== state.openid) { chat.again = true; return; }
  if (found.person) chat.person = { ...chat.person, ...found.person };
  if (found.person && found.person.lines < from) { chat.seen = 0; $("lines").replaceChildren(hello()); chat.again = true; return; }
  if (from === 0 && found.lines.length) $("lines").replaceChildren(...(chat.person.slip ? [slip(chat.person)] : []));
  for (const line of found.lines) {
    if (chat.seen === 0 || line.at - chat.at > 300000) $("lines").append(make("p", { class: "note" }, Math.abs(line.at - state.now) < 43200000 ? hourText(line.at) : momentText(line.at)));
    const node = draw(line);
    if (from > 0) node.classList.add("fresh");
    $("lines").append(node);
    if (line.from === "her" && chat.person.slip && (line.text || "").includes(chat.person.slip)) chat.slipped = true;
    Object.assign(chat, { seen: line.n, at: line.at });
    emit("line", { ...line, openid });
  }
  if (found.lines.length) toEnd();
  paintPerson();
}

// --- what she does --------------------------------------------------------------------------------------------
/** Do something in her name; shows what was said at once, and the answer when it is there. */
export async function act(path, body) {
  if (!state.openid) { toast(t("pick_title")); return null; }
  let result = null;
  try {
    const sent = ask(path, { openid: state.openid, ...body });
    setTimeout(() => showChat().catch(() => {}), 40);
    result = await sent;
    if (result.problem && result.status === null) toast(t("undelivered", { why: result.problem }));
  } catch (error) { toast(error.message); }
  await showChat().catch(() => {});
  hurry();
  return result;
}

export const say = (text) => act(...(chat.voice ? ["/voice", { recognition: text }] : ["/say", { text }]));

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Type a text visibly and send it, as the tour does. */
export async function type(text) {
  const field = $("text");
  showKeys(true);
  const step = still.matches ? text.length : Math.max(1, Math.ceil(text.length / 22));
  for (let at = step; at < text.length + step; at += step) {
    field.value = text.slice(0, at);
    grow();
    await new Promise((wake) => setTimeout(wake, 34));
  }
  await new Promise((wake) => setTimeout(wake, 160));
  field.value = "";
  grow();
  return act("/say", { text });
}

function grow() {
  const field = $("text");
  field.style.height = "auto";
  field.style.height = Math.min(field.scrollHeight, 132) + "px";
  $("form").classList.toggle("typing", field.value.trim() !== "");
}

function submit() {
  const text = $("text").value.trim();
  if (!text) return;
  $("text").value = "";
  grow();
  say(text);
}

function closeExtra() { $("extra").hidden = true; $("plus").setAttribute("aria-expanded", "false"); }

async function sendPhoto(file) {
  if (!file) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  closeExtra();
  act("/image", { file: btoa(text) });
}

async function forward() {
  const cards = [...$("lines").querySelectorAll(".card, .line.account .bubble")];
  const newest = cards[cards.length - 1];
  closeExtra();
  if (!newest) { toast(t("forward_none")); return; }
  const rows = newest.matches(".card") ? [newest.querySelector("h3").textContent, ...[...newest.querySelectorAll("dt")].map((dt) => `${dt.textContent}：${dt.nextElementSibling.textContent}`)] : [newest.textContent];
  try {
    const { groups } = await ask("/forward", { openid: state.openid, text: rows.join("\n") });
    toast(t("forwarded", { n: groups }));
  } catch (error) { toast(error.message); }
  hurry();
}

// --- menu -----------------------------------------------------------------------------------------------------
function showKeys(yes) {
  const menu = $("menu").querySelectorAll("div").length > 0;
  $("form").hidden = !yes && menu;
  $("menu").hidden = yes || !menu;
  if (!yes) closeExtra();
}

function tap(button) {
  if (button.type === "view") {
    emit("open", button.url);
    act("/event", { event: "VIEW", event_key: button.url });
  } else act("/click", { key: button.key });
}

function menuItem(button) {
  const below = (button.sub_button || []).length ? make("div", { class: "below", hidden: true },
    button.sub_button.map((item) => make("button", { type: "button", onclick: () => { below.hidden = true; tap(item); } }, item.name))) : null;
  const top = make("button", { type: "button", "aria-haspopup": below ? "true" : null, onclick: () => {
    for (const other of document.querySelectorAll(".menu .below")) if (other !== below) other.hidden = true;
    if (below) below.hidden = !below.hidden; else tap(button);
  } }, (below ? "≡ " : "") + button.name);
  return make("div", {}, below, top);
}

export async function showMenu() {
  const { menu } = await ask("/menu");
  const text = JSON.stringify(menu);
  if (text === chat.menu) return;
  chat.menu = text;
  for (const old of $("menu").querySelectorAll(":scope > div")) old.remove();
  if (menu) $("menu").append(...menu.button.map(menuItem));
  showKeys(!menu);
}

// --- wiring ---------------------------------------------------------------------------------------------------
export function start() {
  $("lines").replaceChildren(hello());
  paintPerson();
  $("follow").addEventListener("click", () => act("/follow", {}));
  $("leave").addEventListener("click", () => { closeExtra(); act("/unfollow", {}); });
  $("forward").addEventListener("click", forward);
  $("photo").addEventListener("change", () => { sendPhoto($("photo").files[0]); $("photo").value = ""; });
  $("plus").addEventListener("click", () => { $("extra").hidden = !$("extra").hidden; $("plus").setAttribute("aria-expanded", String(!$("extra").hidden)); });
  $("toggle").addEventListener("click", () => { if ($("menu").querySelector("div")) showKeys(false); else toast(t("menu_none")); });
  $("keys").addEventListener("click", () => { showKeys(true); $("text").focus(); });
  $("voice").addEventListener("click", () => { chat.voice = !chat.voice; $("voice").setAttribute("aria-pressed", String(chat.voice)); paintPerson(); $("text").focus(); });
  $("text").addEventListener("input", grow);
  $("text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
  });
  $("form").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  on("news", ({ openid, person }) => {
    if (person && openid === state.openid && (person.lines !== chat.seen || person.follows !== chat.person.follows)) showChat().catch(() => {});
  });
  on("language", () => { if (chat.seen === 0) $("lines").replaceChildren(hello()); chat.ideas = ""; paintPerson(); });
  on("federation", paintPerson);
  const menus = () => showMenu().catch(() => {});
  menus();
  setInterval(() => { if (!document.hidden) menus(); }, 3000);
}
