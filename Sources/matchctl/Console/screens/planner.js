// Supply and demand by sector and city, what found nothing and why; the files of the last run.

import { all, fileAddress, get } from "../lib/api.js";
import { fill, h, icon } from "../lib/dom.js";
import { day, number } from "../lib/numbers.js";
import { session } from "../lib/session.js";
import { t, word } from "../lib/texts.js";
import { choose, filters } from "../parts/fields.js";
import { empty, into } from "../parts/feedback.js";
import { table } from "../parts/table.js";
import { cityTiles } from "../parts/tiles.js";

const measures = ["demands", "lines", "unmatched"];

export async function showGaps(place) {
  const body = h("div");
  const sub = h("p", { class: "sub" });
  fill(place, h("div", { class: "page-head" }, h("div", { class: "titles" }, h("h1", null, t("nav.gaps")), sub),
    h("div", { class: "cluster" }, h("button", { class: "button", type: "button", on: { click: () => window.print() } }, icon("print"), t("print")))), body);
  await into(body, () => get("/gaps"), (answer) => {
    fill(sub, t("gaps.text", { day: day(answer.as_of, session.as_of) }));
    if (!answer.cells.length) return h("div", { class: "panel" }, empty("gaps.none"));
    return h("div", { class: "stack" }, board(answer.cells), causes(answer));
  });
}

function board(cells) {
  const known = measures.filter((m) => cells.some((c) => c[m] !== null && c[m] !== undefined));
  const picked = { measure: known.includes("unmatched") ? "unmatched" : known[0] || "demands", sector: "" };
  const sectors = Array.from(new Map(cells.map((c) => [c.sector, c.sector_name])));
  const matrix = h("div");
  const tiles = h("div");
  const draw = () => {
    fill(matrix, matrixOf(cells, sectors, picked.measure));
    const shown = cells.filter((c) => !picked.sector || c.sector === picked.sector);
    const byCity = new Map();
    for (const c of shown.filter((one) => one[picked.measure] > 0)) byCity.set(c.city, (byCity.get(c.city) || 0) + (c[picked.measure] || 0));
    fill(tiles, cityTiles(Array.from(byCity, ([name, count]) => ({ name, count })), null, t(`gaps.${picked.measure}`)));
  };
  const sector = choose("sector", [["", t("gaps.allSectors")]].concat(sectors), "", { "aria-label": t("sector") });
  sector.addEventListener("change", () => {
    picked.sector = sector.value;
    draw();
  });
  draw();
  return h("div", { class: "stack" },
    filters(t("gaps.measure"), known.map((m) => [m, t(`gaps.${m}`)]), picked.measure, (m) => { picked.measure = m; draw(); }),
    h("div", { class: "gap-board" },
      h("section", { class: "panel" }, h("div", { class: "panel-head" }, h("h2", null, t("gaps.matrix"))), matrix),
      h("section", { class: "panel" }, h("div", { class: "panel-head" }, h("h2", null, t("gaps.cities")), sector), h("div", { class: "panel-body" }, tiles))));
}

function matrixOf(cells, sectors, measure) {
  // A city that has nothing of what is shown has no row.
  const cities = Array.from(new Set(cells.filter((c) => c[measure] > 0 || (c[measure] === null && c.merged !== false)).map((c) => c.city)));
  if (!cities.length) return empty("gaps.nothing");
  const at = new Map(cells.map((c) => [`${c.sector} ${c.city}`, c]));
  const most = Math.max(1, ...cells.map((c) => c[measure] || 0));
  return h("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": t("gaps.matrix") }, h("table", { class: "matrix" },
    h("caption", { class: "aside" }, t(`gaps.${measure}`)),
    h("thead", null, h("tr", null, h("th", { scope: "col" }, t("city")), sectors.map(([, name]) => h("th", { scope: "col", class: "number" }, name)))),
    h("tbody", null, cities.map((city) => h("tr", null, h("th", { scope: "row" }, city || t("gaps.noCity")), sectors.map(([id]) => cell(at.get(`${id} ${city}`), measure, most)))))));
}

function cell(found, measure, most) {
  if (!found) return h("td", { class: "number quiet-text" }, "·");
  const value = found[measure];
  if ((value === null || value === undefined) && found.merged === false) return h("td", { class: "number quiet-text" }, "·");
  if (value === null || value === undefined) return h("td", { class: "number quiet-text", title: t("gaps.merged") }, t("gaps.few"));
  const level = value === 0 ? 0 : Math.min(4, Math.ceil((4 * value) / most));
  return h("td", { class: `number level-${level} ${measure}` }, number(value));
}

function causes({ run, unmatched: rows }) {
  return h("section", { class: "panel" }, h("div", { class: "panel-head" }, h("h2", null, t("gaps.causes"))),
    rows.length ? table([
      { title: t("gaps.cause"), lead: true, cell: (r) => r.name },
      { title: t("gaps.demandsShort"), class: "number", width: "140px", cell: (r) => (r.demands === null || r.demands === undefined ? t("gaps.few") : number(r.demands)) },
    ], rows, { caption: t("gaps.causes") }) : empty(run ? "gaps.allMatched" : "gaps.noRun"));
}

export async function showReports(place) {
  const body = h("div");
  fill(place, h("div", { class: "page-head" }, h("div", { class: "titles" }, h("h1", null, t("nav.reports")), h("p", { class: "sub" }, t("reports.text")))),
    h("section", { class: "panel" }, body));
  await into(body, () => all("/reports"), (answer) => (answer.items.length ? table([
    { title: t("reports.file"), lead: true, cell: (f) => h("a", { class: "row-link", href: fileAddress(`/runs/${encodeURIComponent(f.run)}/files/${encodeURIComponent(f.name)}`), download: f.name }, f.title || word("report", f.name)) },
    { title: t("reports.name"), width: "34%", cell: (f) => h("span", { class: "small second" }, f.name) },
    { title: t("reports.size"), class: "number", width: "120px", cell: (f) => t("kilobytes", { n: number(Math.max(1, f.size / 1024), 0) }) },
  ], answer.items, { caption: t("nav.reports") }) : empty("reports.none")));
}
