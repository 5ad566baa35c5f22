// One row of a list: what happens to it, why, and its cells to correct.

import { patch } from "../lib/api.js";
import { fill, h, icon } from "../lib/dom.js";
import { whenSent } from "../lib/input.js";
import { t } from "../lib/texts.js";
import { field, input } from "../parts/fields.js";
import { busy, say } from "../parts/feedback.js";

const signs = { accept: "check", accept_with_warning: "warn", reject: "cross", skip: "near" };
const kinds = { accept: "good", accept_with_warning: "warn", reject: "bad", skip: "outline" };

export function rowCard(desk, row, open) {
  const node = h("li", { class: `row-card ${row.action}`, data: { row: String(row.row) } });
  const draw = (now, editing) => fill(node, ...content(desk, now, open, editing, draw));
  draw(row, false);
  return node;
}

function content(desk, row, open, editing, draw) {
  const edit = h("button", { class: "button small", type: "button", "aria-expanded": String(editing), on: { click: () => draw(row, !editing) } },
    t(editing ? "row.close" : "row.edit"));
  return [
    h("div", { class: "spread" },
      h("div", { class: "row-title" }, h("span", { class: "row-number" }, t("row.n", { n: row.row })),
        h("span", { class: "strong" }, row.title || t("row.untitled")), h("span", { class: "row-sub" }, row.enterprise || "")),
      h("div", { class: "cluster tight" }, h("span", { class: `chip ${kinds[row.action]}` }, icon(signs[row.action]), t(`action.${row.action}`)),
        open ? edit : null)),
    row.problems.length ? h("ul", { class: "problems" }, row.problems.map((p) => h("li", { class: p.refuses ? "refuses" : "" }, icon(p.refuses ? "cross" : "warn"), h("span", null, p.text)))) : null,
    editing ? form(desk, row, draw) : null,
  ];
}

/// The row's cells. Those with a problem stand first; what is saved is read anew by the server.
function form(desk, row, draw) {
  const cells = row.cells.slice().sort((a, b) => Number(Boolean(b.mark)) - Number(Boolean(a.mark)) || a.column - b.column);
  const headings = headingsOf(desk, row);
  const inputs = new Map();
  const fields = cells.map((cell) => {
    const long = cell.text.length > 40;
    const node = long
      ? h("textarea", { name: `cell-${cell.column}`, rows: "3", "aria-invalid": cell.mark === "refused" ? "true" : null }, cell.text)
      : input(`cell-${cell.column}`, { value: cell.text, "aria-invalid": cell.mark === "refused" ? "true" : null });
    inputs.set(cell, node);
    const label = h("span", null, headings.get(cell.column) || cell.letter);
    return h("div", { class: `${cell.mark || ""}${long ? " wide" : ""}` }, field(label, node, hintOf(row, cell)));
  });
  const wrong = h("div");
  const save = h("button", { class: "button primary small", type: "submit" }, t("row.save"));
  const node = h("form", { class: "row-form" }, h("div", { class: "form-grid" }, fields), wrong, h("div", { class: "cluster" }, save));
  whenSent(node, () => {
    const changed = Array.from(inputs).filter(([cell, n]) => n.value !== cell.text).map(([cell, n]) => ({ column: cell.column, text: n.value }));
    if (!changed.length) {
      draw(row, false);
      return undefined;
    }
    return busy(save, async () => {
      const next = await patch(`${desk.path}/rows`, { sheet: row.sheet === undefined ? null : row.sheet, row: row.row, cells: changed });
      say(t("row.saved", { n: row.row, action: t(`action.${next.action}`) }));
      if (next.action !== row.action && next.action !== "reject") desk.wanted = next.action;
      await desk.reload();
      const card = desk.node.querySelector(`[data-row="${row.row}"] button`);
      if (card) card.focus();
    }, wrong);
  });
  return node;
}

function headingsOf(desk, row) {
  const tables = desk.list.tables;
  const own = tables.find((part) => (part.sheet || null) === (row.sheet || null)) || tables[0];
  return new Map((own ? own.columns : []).map((c) => [c.column, c.heading]));
}

function hintOf(row, cell) {
  const problem = row.problems.find((p) => p.column === cell.column);
  return cell.corrected ? t("row.corrected") : problem ? problem.text : null;
}
