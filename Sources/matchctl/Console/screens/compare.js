// Lines side by side, one criterion a row.

import { post } from "../lib/api.js";
import { fill, h } from "../lib/dom.js";
import { t } from "../lib/texts.js";
import { dialog } from "../parts/dialog.js";
import { into } from "../parts/feedback.js";

export function compareLines(bench, stage) {
  const { state } = bench;
  const body = Object.assign({ lines: Array.from(state.compared) }, state.choice);
  if (stage.stage) body.stage = stage.stage;
  if (Object.keys(state.changes.weights).length) body.weights = state.changes.weights;
  dialog(t("compare.title"), () => {
    const place = h("div");
    into(place, () => post("/compare", body), (answer) => sheet(answer.rows));
    return { body: place };
  }, { wide: true });
}

function sheet(rows) {
  const [first, ...rest] = rows;
  const node = h("table", { class: "compare" },
    h("thead", null, h("tr", null, (first || []).map((text) => h("th", { scope: "col" }, text)))), h("tbody"));
  fill(node.lastChild, rest.map((row) => h("tr", { class: differs(row) ? "differs" : "" },
    row.map((text, i) => (i === 0 ? h("th", { scope: "row" }, text) : h("td", { class: "pre" }, text))))));
  return h("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": t("compare.title") }, node);
}

function differs(row) {
  return new Set(row.slice(1)).size > 1;
}
