// Where every unit stands in the picture: the nation in the middle, one ring for each level, the villages as rays.

const GAP = 1.4; // rays left free between two counties

/** Places for all units: {x, y, angle, r, ring}; and what to draw of them once. `size` is the half width of a square. */
export function arrange(roots, size) {
  const trunk = [];
  let root = roots[0];
  while (root && root.children.length === 1 && root.children[0].children.length) { trunk.push(root); root = root.children[0]; }
  if (!root) return { trunk: [], places: new Map(), crown: [], rays: [], size };
  trunk.push(root);
  const places = new Map();
  for (const unit of trunk) places.set(unit, { x: 0, y: 0, angle: 0, r: 0 });
  const outer = size - 30;
  const crown = root.children;
  const deepest = depthOf(root);
  // The share of each inner ring; what is left belongs to the last level, whose units stand in rows along a ray.
  const inner = deepest <= 1 ? [] : deepest === 2 ? [0.42] : deepest === 3 ? [0.23, 0.47] : [0.16, 0.3, 0.5];
  const bases = [...inner.map((part) => part * outer)];
  const from = (bases[bases.length - 1] || 0) + outer * 0.06;
  const rows = Math.max(6, Math.round((outer - from) / Math.max(5, outer * 0.034)));
  const weights = new Map();
  const weigh = (unit) => {
    const leaves = unit.children.filter((child) => !child.children.length).length;
    let sum = Math.ceil(leaves / rows);
    for (const child of unit.children) if (child.children.length) sum += weigh(child);
    weights.set(unit, Math.max(1, sum));
    return weights.get(unit);
  };
  let total = 0;
  for (const unit of crown) total += weigh(unit) + GAP;
  const step = (Math.PI * 2) / Math.max(1, total);
  const rays = [];
  const put = (unit, ring, start) => {
    const wide = weights.get(unit) * step;
    const angle = start + wide / 2;
    const r = unit.children.length || ring < bases.length ? bases[Math.min(ring, bases.length - 1)] ?? outer * 0.5 : outer;
    places.set(unit, { ...at(angle, r), angle, r, wide });
    let next = start;
    const leaves = unit.children.filter((child) => !child.children.length);
    const count = Math.ceil(leaves.length / rows);
    for (let ray = 0; ray < count; ray += 1) {
      const own = leaves.slice(Math.round((ray * leaves.length) / count), Math.round(((ray + 1) * leaves.length) / count));
      const turn = next + step / 2;
      const spread = (outer - from) / rows;
      rays.push({ unit, angle: turn, from, to: from + spread * (own.length - 0.5) });
      own.forEach((leaf, row) => places.set(leaf, { ...at(turn, from + spread * (row + 0.5)), angle: turn, r: from + spread * (row + 0.5), leaf: true }));
      next += step;
    }
    for (const child of unit.children) if (child.children.length) { put(child, ring + 1, next); next += weights.get(child) * step; }
  };
  let start = -Math.PI / 2 + (GAP * step) / 2;
  for (const unit of crown) { put(unit, 0, start); start += (weights.get(unit) + GAP) * step; }
  const dot = Math.max(1.15, Math.min(3.4, (from + outer) / 2 * step * 0.36, ((outer - from) / rows) * 0.36));
  return { trunk, places, crown, rays, size, outer, from, dot, step };
}

function depthOf(unit) {
  return unit.children.length ? 1 + Math.max(...unit.children.map(depthOf)) : 0;
}

const at = (angle, r) => ({ x: Math.cos(angle) * r, y: Math.sin(angle) * r });
