// Finding a person: the tree of units, opened where one looks, and a search over everybody.
import { $, make, on, state } from "./net.js";
import { all, AWAY, levelName, nameOf, shortName } from "./federation.js";
import { choose, stranger } from "./phone.js";
import { language, t } from "./words.js";

const SHOWN = 60;
const opened = new Set();
const dots = new Map(); // openid -> the dot in the list, to be coloured anew
const tallies = new Map(); // unit code -> the count beside its name

function person(one, flat) {
  const dot = make("i", { class: "dot s" + one.stands, "aria-hidden": "true" });
  dots.set(one.openid, [...(dots.get(one.openid) || []), dot]);
  const label = make("span", { class: "label" }, nameOf(one) || t("stranger_name"), flat ? make("small", {}, shortName(one.unit) || "…" + one.openid.slice(-6)) : null);
  return make("button", { type: "button", class: "person" + (flat ? " flat" : ""), "aria-current": String(one.openid === state.openid), "data-openid": one.openid, onclick: () => choose(one) },
    make("span", { class: "face", "aria-hidden": "true" }, (nameOf(one) || "新")[0]), label, one.stands === AWAY ? make("span", { class: "mark" }, t("unregistered")) : dot);
}

const tally = (unit) => (unit.called ? `${unit.answered}/${unit.called}` : "");

function branch(unit) {
  const list = make("ul", { hidden: true });
  const count = make("span", { class: "tally" }, tally(unit));
  tallies.set(unit.code, [unit, count]);
  const head = make("button", { type: "button", "aria-expanded": "false", title: levelName(unit.level, language()), onclick: () => {
    if (list.hidden) opened.add(unit.code); else opened.delete(unit.code);
    unfold();
  } }, make("span", { class: "name" }, shortName(unit.name)), count);
  function unfold() {
    const wanted = opened.has(unit.code);
    if (wanted && !list.childElementCount) {
      // A village is one person: without a fold of its own she is found one tap earlier.
      const leaves = unit.children.filter((child) => !child.children.length && child.people.length === 1);
      list.append(...unit.people.map((one) => make("li", {}, person(one))),
        ...unit.children.map((child) => make("li", { class: leaves.includes(child) ? null : "branch" }, leaves.includes(child) ? person(child.people[0], true) : branch(child))));
    }
    list.hidden = !wanted;
    head.setAttribute("aria-expanded", String(wanted));
  }
  const box = document.createDocumentFragment();
  box.append(head, list);
  unfold();
  return box;
}

function showTree() {
  dots.clear();
  tallies.clear();
  const loose = [...all.people.values()].filter((one) => !one.home);
  const nodes = all.roots.map((unit) => make("li", { class: "branch" }, branch(unit)));
  $("people").replaceChildren(make("ul", { "aria-label": t("tree_label") }, nodes, loose.slice(0, SHOWN).map((one) => make("li", {}, person(one, true)))));
  $("found").textContent = all.people.size ? t("people_all", { units: all.units.size, people: all.people.size }) : t("people_none");
}

function showFound(words) {
  dots.clear();
  tallies.clear();
  const found = [];
  let n = 0;
  for (const one of all.people.values()) {
    if (!words.every((word) => textOf(one).includes(word))) continue;
    n += 1;
    if (found.length < SHOWN) found.push(one);
  }
  $("people").replaceChildren(make("ul", {}, found.map((one) => make("li", {}, person(one, true)))));
  $("found").textContent = n ? t("search_some", { n, m: found.length }) : t("search_none");
}

function textOf(one) {
  if (one.text === undefined) {
    const above = [];
    for (let unit = one.home; unit; unit = unit.above) above.push(unit.name);
    one.text = [one.unit, one.name, one.role, one.openid, ...above].join(" ").toLowerCase();
  }
  return one.text;
}

function show() {
  const words = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length) showFound(words); else showTree();
}

/** Colour the lists anew, a little at a time: thousands may stand differently within a second. */
export function recolour() {
  for (const [openid, nodes] of dots) {
    const one = all.people.get(openid);
    if (one) for (const dot of nodes) if (dot.className !== "dot s" + one.stands) dot.className = "dot s" + one.stands;
  }
  for (const [unit, node] of tallies.values()) { const text = tally(unit); if (node.textContent !== text) node.textContent = text; }
}

export function start() {
  let typing = 0;
  $("search").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(show, 120); });
  $("stranger").addEventListener("click", stranger);
  on("federation", () => {
    // Open down to the level below which there is a choice.
    let unit = all.roots[0];
    while (unit) { opened.add(unit.code); if (unit.children.length !== 1) break; unit = unit.children[0]; }
    show();
  });
  on("language", show);
  on("person", (chosen) => {
    for (const node of $("people").querySelectorAll("[data-openid]")) node.setAttribute("aria-current", String(node.dataset.openid === chosen.openid));
  });
  setInterval(recolour, 1000);
}
