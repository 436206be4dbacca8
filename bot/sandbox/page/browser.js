// Links: what they look like in a chat, and the browser inside the phone that opens them.
import { $, ask, emit, make, on, state } from "./net.js";
import { t } from "./words.js";

const LINK = /<a\s+href="([^"]*)"[^>]*>([^<]*)<\/a>|(https?:\/\/[^\s，。；、）)]+)/g;

/** A text with its links. */
export function rich(text) {
  const parts = document.createDocumentFragment();
  let last = 0;
  for (const match of text.matchAll(LINK)) {
    parts.append(text.slice(last, match.index), link(match[1] || match[3], match[2] || match[3]));
    last = match.index + match[0].length;
  }
  parts.append(text.slice(last));
  return parts;
}

export function link(address, text) {
  if (!/^https?:\/\//.test(address)) return document.createTextNode(text);
  return make("a", { href: address, rel: "noopener noreferrer", onclick: (event) => { event.preventDefault(); open(address); } }, text);
}

/** The path to show under this page's own address, or null for an address that is neither ours nor the bot's. */
function inside(address) {
  const asked = new URL(address, location.href);
  const homes = [location.origin];
  if (state.target) homes.push(new URL(state.target).origin);
  const same = homes.some((home) => home === asked.origin || home.replace("localhost", "127.0.0.1") === asked.origin.replace("localhost", "127.0.0.1"));
  return same ? asked.pathname + asked.search : null;
}

export function open(address) {
  const path = inside(address);
  $("web").hidden = false;
  $("web-title").textContent = new URL(address, location.href).host;
  $("frame").hidden = path === null;
  $("outside").hidden = path !== null;
  if (path === null) {
    $("outside").replaceChildren(t("outside") + "\n", make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, address));
  } else {
    $("frame").src = path;
    if (state.openid) ask("/opened", { openid: state.openid, url: address }).catch(() => {});
  }
  $("web-close").focus();
  emit("opened", address);
}

function close() {
  $("web").hidden = true;
  $("frame").src = "about:blank";
}

export function start() {
  $("web-close").addEventListener("click", close);
  on("open", open);
  on("person", close);
}
