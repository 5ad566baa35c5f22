// Where the listed lines are: tiles of cities, and a table of distances.

import { get } from "../lib/api.js";
import { fill, h } from "../lib/dom.js";
import { whenSent } from "../lib/input.js";
import { number } from "../lib/numbers.js";
import { keep, read, t } from "../lib/texts.js";
import { field, input } from "../parts/fields.js";
import { into } from "../parts/feedback.js";
import { table } from "../parts/table.js";
import { cityTiles } from "../parts/tiles.js";

/// Tiles of the lines in `stage`; choosing one keeps only its lines.
export function citiesView(bench, stage) {
  const counts = new Map();
  for (const match of stage.matches) {
    if (match.place && match.verdict !== "conflict") counts.set(match.place, (counts.get(match.place) || 0) + 1);
  }
  const cities = Array.from(counts, ([name, count]) => ({ name, count }));
  const pick = (city) => {
    Object.assign(bench.state, { city, asCities: false });
    bench.draw();
  };
  return h("div", { class: "panel-body stack" },
    h("p", { class: "hint" }, t("cities.text", { n: stage.matches.length })), cityTiles(cities, pick, t("cities")), distances(bench));
}

function distances(bench) {
  const result = h("div");
  const from = input("from", { value: read("from") || startPlace(bench.state.demand) });
  const show = () => {
    if (!from.value.trim()) return;
    keep("from", from.value.trim());
    into(result, () => get("/registry/distances", { from: from.value.trim() }), (answer) => table([
      { title: t("city"), lead: true, cell: (c) => c.name },
      { title: t("distance"), class: "number", cell: (c) => t("km", { n: number(c.km, 1) }) },
      { title: t("lines"), class: "number", cell: (c) => number(c.lines) },
    ], answer.cities.slice().sort((a, b) => a.km - b.km), { caption: t("distances.from", { place: answer.from }) }));
  };
  const form = h("form", { class: "inline-form" }, field(t("distances.place"), from), h("button", { class: "button", type: "submit" }, t("distances.show")));
  whenSent(form, show);
  fill(result);
  return h("div", { class: "stack" }, h("h3", null, t("distances")), form, result);
}

/// The first place that the demand names.
function startPlace(demand) {
  const place = demand && demand.record && demand.record.place;
  const allowed = place && place.allowed;
  return Array.isArray(allowed) && typeof allowed[0] === "string" ? allowed[0] : "";
}
