// The federation as the sandbox knows it: units above units, people in them, how each person stands.
import { ask, emit, on, state } from "./net.js";

export const AWAY = 0, QUIET = 1, CALLED = 2, ANSWERED = 3, BLOCKS = 4;

/** units: code -> {code, name, level, parent, children, people, called, answered}; people: openid -> {…}. */
export const all = { units: new Map(), people: new Map(), circles: new Map(), owned: new Map(), roots: [] };

const LEVELS = { national: ["全国", "nation"], province: ["省", "province"], city: ["市", "city"], county: ["县", "county"], township: ["乡镇", "township"], village: ["村", "village"] };
export const levelName = (level, language) => (LEVELS[level] || [level, level])[language === "en" ? 1 : 0];

export async function load() {
  const found = await ask("/federation");
  all.units = new Map(found.units.map(([code, name, level, parent]) => [code, { code, name, level, parent, children: [], people: [], called: 0, answered: 0, grouped: 0 }]));
  all.roots = [];
  for (const unit of all.units.values()) {
    unit.above = all.units.get(unit.parent) || null;
    if (unit.above) unit.above.children.push(unit); else all.roots.push(unit);
  }
  all.people = new Map();
  for (const [openid, name, role, code, unit, stands, slip] of found.people) {
    const person = { openid, name, role, code, unit, slip, stands: AWAY, home: all.units.get(code) || null };
    all.people.set(openid, person);
    if (person.home) person.home.people.push(person);
    stand(person, stands);
  }
  all.circles = new Map(found.circles.map(([key, name, unit, owner]) => [key, { key, name, unit: all.units.get(unit), owner }]));
  all.owned = Map.groupBy ? Map.groupBy(all.circles.values(), (one) => one.owner) : new Map([...all.circles.values()].map((one) => [one.owner, [one]]));
  state.since = Math.max(state.since, found.last);
  emit("federation");
}

const reached = (stands) => (stands === CALLED || stands === ANSWERED ? 1 : 0);

/** Let a person stand differently, and everybody above her count it. */
export function stand(person, stands) {
  if (person.stands === stands) return false;
  const called = reached(stands) - reached(person.stands);
  const answered = (stands === ANSWERED) - (person.stands === ANSWERED);
  person.stands = stands;
  for (let unit = person.home; unit; unit = unit.above) { unit.called += called; unit.answered += answered; }
  return true;
}

/** The chain from a unit up to the top, herself first. */
export function chain(unit) {
  const found = [];
  for (let one = unit; one; one = one.above) found.push(one);
  return found;
}

/** The lowest unit that stands above all of `units`. */
export function meeting(units) {
  let common = null;
  for (const unit of units) {
    const up = chain(unit).reverse();
    if (common === null) common = up;
    else {
      let same = 0;
      while (same < common.length && same < up.length && common[same] === up[same]) same += 1;
      common = common.slice(0, same);
    }
  }
  return common && common.length ? common[common.length - 1] : null;
}

export const shortName = (name) => name.replace(/妇联$/, "");
/** Her name with her post, unless the name says it already. */
export const nameOf = (person) => (person.role && !person.name.startsWith(person.role) ? [person.name, person.role] : [person.name]).filter(Boolean).join(" ");

on("restarted", () => { state.since = 0; load().catch(() => {}); });
