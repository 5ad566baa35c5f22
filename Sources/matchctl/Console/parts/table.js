// Tables of any length: only the rows in view exist in the page. All of them are printed.

import { fill, h } from "../lib/dom.js";

const few = 120;
const spare = 12;

/// A table of `rows`.
///
/// `columns`: `{ title, cell(row), class?, width?, lead? }`; on a phone each row is a card, its cells named by
/// `title`, the `lead` cell first and alone. Above 120 rows the table has a scroll of its own and keeps
/// about forty rows in the page; a row that holds the focus stays. Rows then have one height.
export function table(columns, rows, options) {
  const settings = options || {};
  const head = h("tr", null, columns.map((c) =>
    h("th", { scope: "col", class: c.class, style: c.width ? { width: c.width } : null }, c.title)));
  const body = h("tbody");
  const node = h("table", { class: `rows cards ${settings.class || ""}`, "aria-rowcount": rows.length + 1 },
    settings.caption ? h("caption", { class: "aside" }, settings.caption) : null, h("thead", null, head), body);
  const make = (row, index) => h("tr", { "aria-rowindex": index + 2, class: settings.rowClass && settings.rowClass(row) },
    columns.map((c) => h("td", { class: `${c.class || ""}${c.lead ? " lead" : ""}`, "data-label": c.lead ? null : c.title },
      c.cell(row, index))));
  arrows(body);
  if (rows.length <= few || settings.whole) {
    fill(body, rows.map(make));
    return h("div", { class: "table-scroll" }, node);
  }
  return windowed(node, body, rows, make, columns.length);
}

function windowed(node, body, rows, make, width) {
  const box = h("div", { class: "window" }, node);
  const pad = () => h("tr", { class: "pad", "aria-hidden": "true" }, h("td", { colspan: width }));
  const above = pad();
  const below = pad();
  const kept = new Map();
  let height = 56;
  let drawn = "";

  function draw(first, end) {
    const key = `${first}-${end}`;
    if (key === drawn) return;
    drawn = key;
    for (const [index, row] of kept) {
      const holdsFocus = row.contains(document.activeElement);
      if ((index < first || index >= end) && !holdsFocus) kept.delete(index);
    }
    const shown = [above];
    for (let i = first; i < end; i += 1) {
      if (!kept.has(i)) kept.set(i, make(rows[i], i));
      shown.push(kept.get(i));
    }
    above.firstChild.style.height = `${first * height}px`;
    below.firstChild.style.height = `${(rows.length - end) * height}px`;
    shown.push(below);
    sync(body, shown);
  }

  function look() {
    const own = box.scrollHeight > box.clientHeight + 1 && getComputedStyle(box).overflowY !== "visible";
    const top = own ? box.scrollTop : Math.max(0, -body.getBoundingClientRect().top);
    const view = own ? box.clientHeight : window.innerHeight;
    const first = Math.max(0, Math.floor(top / height) - spare);
    draw(first, Math.min(rows.length, first + Math.ceil(view / height) + 2 * spare));
  }

  function measure() {
    const sample = kept.get(0);
    const seen = sample ? sample.getBoundingClientRect().height : 0;
    if (seen > 0 && Math.abs(seen - height) > 1) {
      height = seen;
      drawn = "";
    }
    look();
  }

  draw(0, Math.min(rows.length, 40));
  box.addEventListener("scroll", look);
  const onPage = () => (box.isConnected ? look() : window.removeEventListener("scroll", onPage));
  window.addEventListener("scroll", onPage, { passive: true });
  const all = () => (box.isConnected ? draw(0, rows.length) : window.removeEventListener("beforeprint", all));
  window.addEventListener("beforeprint", all);
  requestAnimationFrame(measure);
  return box;
}

/// Makes `wanted` the children of `body`, touching only what differs, so that a focused row keeps its focus.
function sync(body, wanted) {
  const set = new Set(wanted);
  for (const child of Array.from(body.children)) {
    if (!set.has(child)) body.removeChild(child);
  }
  wanted.forEach((row, i) => {
    if (body.children[i] !== row) body.insertBefore(row, body.children[i] || null);
  });
}

/// Up and down move between the links of neighbouring rows.
function arrows(body) {
  body.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (!event.target.matches("a, tr")) return;
    const row = event.target.closest("tr");
    const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
    const link = next && next.querySelector("a");
    if (!link) return;
    event.preventDefault();
    link.focus();
  });
}
