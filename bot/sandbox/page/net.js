// What every part of the page shares: making nodes, asking the sandbox, and the news that it brings.
import { t } from "./words.js";

export const $ = (id) => document.getElementById(id);

export function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false && value !== null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export async function ask(path, body) {
  const answer = await fetch("/control" + path, body === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  const data = await answer.json();
  if (!answer.ok) throw new Error(data.error || t("refused"));
  return data;
}

export function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { $("toast").hidden = true; }, 3500);
}

/** What the parts tell each other: person (chosen), news (from the sandbox), language, federation, opened, view. */
const heard = new Map();
export function on(name, work) { heard.set(name, [...(heard.get(name) || []), work]); }
export function emit(name, value) { for (const work of heard.get(name) || []) work(value); }

export const state = { openid: "", since: 0, now: 0, offset: 0, target: "", crowd: null, ledger: null };

const QUICK = 350, SLOW = 2000; // ms between two looks, while the page is seen and while it is not

export function pace() { return document.hidden ? SLOW : QUICK; }

async function look() {
  const openid = state.openid;
  const found = await ask(`/feed?since=${state.since}&openid=${encodeURIComponent(openid)}`);
  if (found.last < state.since) emit("restarted");
  Object.assign(state, { since: found.last, now: found.now_ms, offset: found.offset_ms, seen: Date.now(), target: found.target, crowd: found.crowd, ledger: found.ledger });
  emit("news", { ...found, openid });
}

export async function follow() {
  for (;;) {
    try { await look(); } catch { /* the sandbox is away for a moment; it is asked again */ }
    await new Promise((wake) => { follow.wake = wake; setTimeout(wake, pace()); });
  }
}

/** Look at once: somebody just did something here. */
export function hurry() { if (follow.wake) follow.wake(); }

/** Now in the sandbox, epoch ms. */
export function now() { return state.now ? state.now + (Date.now() - state.seen) : Date.now(); }

const ZONE = "Asia/Shanghai";
const short = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hour12: false });
const long = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false });
const days = { zh: new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, month: "long", day: "numeric", weekday: "short" }), en: new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, month: "short", day: "numeric", weekday: "short" }) };
export const hourText = (at) => short.format(at);
export const momentText = (at) => long.format(at);
export const dayText = (at, language) => days[language].format(at);
