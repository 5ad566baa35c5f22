// Cities as tiles of one size, roughly where they lie to each other. No outlines, no borders: a table that
// can be seen at once. Cities elsewhere follow as a list.

import { h } from "../lib/dom.js";
import { t } from "../lib/texts.js";

/// Column and row of each tile, from 1. Names are the texts `city.*`.
const layout = {
  shaoguan: [6, 1], meizhou: [9, 1], qingyuan: [5, 2], heyuan: [7, 2], chaozhou: [10, 2],
  zhaoqing: [4, 3], guangzhou: [6, 3], huizhou: [8, 3], jieyang: [9, 3], shantou: [10, 3],
  yunfu: [3, 4], foshan: [5, 4], dongguan: [7, 4], shanwei: [9, 4],
  maoming: [2, 5], yangjiang: [3, 5], jiangmen: [4, 5], zhongshan: [6, 5], shenzhen: [7, 5],
  zhanjiang: [1, 6], zhuhai: [5, 6], macao: [6, 6], hongkong: [8, 6],
};

/// - Parameter cities: `[{ name, count, text? , near? }]`, names in the language shown.
/// - Parameter pick: called with a city's name when its tile is chosen; null for a picture alone.
export function cityTiles(cities, pick, label) {
  const byName = new Map(cities.map((c) => [plain(c.name), c]));
  const most = Math.max(1, ...cities.map((c) => c.count || 0));
  const grid = h("ul", { class: "tiles", "aria-label": label });
  for (const [id, [column, row]] of Object.entries(layout)) {
    const name = t(`city.${id}`);
    const city = byName.get(plain(name));
    byName.delete(plain(name));
    grid.appendChild(tile(name, city, most, pick, { column, row }));
  }
  const rest = Array.from(byName.values()).filter((c) => c.name);
  return h("div", null, grid, rest.length
    ? h("ul", { class: "tiles-rest", "aria-label": t("tiles.elsewhere") }, rest.map((c) => tile(c.name, c, most, pick, null)))
    : null);
}

function tile(name, city, most, pick, place) {
  const count = city ? city.count || 0 : 0;
  const level = count === 0 ? 0 : Math.min(4, Math.ceil((4 * count) / most));
  const text = city && city.text !== undefined ? city.text : count || "";
  const style = place ? { "grid-column": String(place.column), "grid-row": String(place.row) } : null;
  const inner = [h("span", { class: "tile-name" }, name), h("span", { class: "tile-count" }, text)];
  const node = h("li", { class: `tile level-${level}`, style });
  if (pick && count > 0) node.appendChild(h("button", { type: "button", on: { click: () => pick(city.name) } }, inner));
  else node.appendChild(h("span", null, inner));
  return node;
}

/// `广州市` and `广州` are one tile.
function plain(name) {
  return String(name || "").replace(/市$/, "").replace(/特[别別]行政[区區]$/, "");
}
