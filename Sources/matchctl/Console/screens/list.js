// One list: which column holds what, every row with its problems, corrected in place, published.

import { all, fileAddress, get, put, remove } from "../lib/api.js";
import { fill, h, icon } from "../lib/dom.js";
import { number } from "../lib/numbers.js";
import { address, go } from "../lib/router.js";
import { t, word } from "../lib/texts.js";
import { choose, filters } from "../parts/fields.js";
import { busy, empty, into, notice, say } from "../parts/feedback.js";
import { copy } from "../lib/input.js";
import { stateOfList } from "./lists.js";
import { publishPanel } from "./publish.js";
import { rowCard } from "./row.js";

const actions = ["reject", "accept_with_warning", "accept", "skip"];

export async function showList(place, params, query, context) {
  const body = h("div");
  fill(place, body);
  const path = `/lists/${encodeURIComponent(params.id)}`;
  await into(body, () => Promise.all([get(path), all("/registry/fields"), all(`${path}/rows`, {}, 20000)]), ([list, fields, rows]) => {
    context.title(list.name);
    const desk = { path, list, fields: fields.items, rows: rows.items, wanted: null, node: h("div") };
    desk.draw = () => draw(desk);
    desk.reload = async () => {
      [desk.list, desk.rows] = await Promise.all([get(path), all(`${path}/rows`, {}, 20000).then((r) => r.items)]);
      draw(desk);
    };
    draw(desk);
    return desk.node;
  });
}

function draw(desk) {
  const { list } = desk;
  const open = list.state !== "published";
  fill(desk.node, head(desk), list.issues.map((i) => notice("warn", i.text)),
    h("div", { class: "desk" },
      h("div", { class: "desk-main" }, mapping(desk, open), rowsPanel(desk, open)),
      h("aside", { class: "desk-side", "aria-label": t("publish.title") }, publishPanel(desk), noticesPanel(desk))));
}

function head(desk) {
  const { list } = desk;
  const discard = h("button", { class: "button danger", type: "button" }, t("list.discard"));
  discard.addEventListener("click", () => busy(discard, async () => {
    await remove(desk.path);
    say(t("list.discarded"));
    go("/lists");
  }));
  return h("div", { class: "page-head" },
    h("div", { class: "titles" }, h("a", { class: "back", href: address("/lists") }, icon("back"), t("nav.lists")),
      h("h1", null, list.name), h("div", { class: "sub cluster tight" }, stateOfList(list), h("span", null, t("list.rows", { n: number(list.rows) })),
        list.corrections ? h("span", null, t("list.corrections", { n: list.corrections })) : null)),
    h("div", { class: "cluster" },
      h("a", { class: "button", href: fileAddress(`${desk.path}/returned`), download: "" }, icon("down"), t("list.returned")),
      list.state === "published" ? null : discard));
}

/// Which column was taken as what, and by what sign; another field can be chosen.
function mapping(desk, open) {
  const { list } = desk;
  const columns = list.tables.reduce((sum, part) => sum.concat(part.columns), []);
  const unread = columns.filter((c) => !c.field).length;
  const pairs = [["", t("mapping.unread")]].concat(desk.fields.map((f) => [f.id, f.name]));
  const save = h("button", { class: "button small", type: "button" }, t("mapping.save"));
  const foot = h("div", { class: "panel-foot hidden" }, save);
  const changed = new Map();
  save.addEventListener("click", () => busy(save, async () => {
    await put(`${desk.path}/columns`, { columns: Array.from(changed, ([heading, value]) => ({ heading, field: value || null })) });
    say(t("mapping.saved"));
    await desk.reload();
  }));
  const pick = (c) => {
    if (!open) return c.field_name || t("mapping.unread");
    const select = choose("field", pairs, c.field || "", { "aria-label": t("mapping.field", { heading: c.heading }) });
    select.addEventListener("change", () => {
      if (select.value === (c.field || "")) changed.delete(c.heading);
      else changed.set(c.heading, select.value);
      foot.classList.toggle("hidden", changed.size === 0);
    });
    return select;
  };
  const sheet = h("ul", { class: "mapping" }, columns.map((c) => h("li", { class: c.field ? "" : "unread" },
    h("span", { class: "strong clip" }, c.heading || c.letter), pick(c),
    h("span", { class: "row-sub" }, [word("basis", c.basis), c.unit].filter(Boolean).join(" · ")))));
  return h("details", { class: "panel fold", open: unread > 0 && open },
    h("summary", { class: "panel-head" }, h("h2", null, t("mapping.title")), h("span", { class: "small second" }, t(unread ? "mapping.someUnread" : "mapping.allRead", { n: columns.length, unread }))),
    sheet, foot);
}

function rowsPanel(desk, open) {
  const { rows } = desk;
  const count = (a) => rows.filter((r) => r.action === a).length;
  const first = actions.find((a) => count(a) > 0) || "all";
  if (!desk.wanted) desk.wanted = first;
  const place = h("div");
  const show = () => {
    const wanted = rows.filter((r) => desk.wanted === "all" || r.action === desk.wanted);
    fill(place, wanted.length ? cards(desk, wanted, open) : empty("rows.none"));
  };
  show();
  const pairs = actions.map((a) => [a, t(`action.${a}`), count(a)]).concat([["all", t("all"), rows.length]]);
  return h("section", { class: "panel", "aria-label": t("rows.title") },
    h("div", { class: "panel-head" }, h("h2", null, t("rows.title"))),
    h("div", { class: "panel-tools" }, filters(t("filter"), pairs, desk.wanted, (w) => { desk.wanted = w; show(); })), place);
}

/// Rows as cards, fifty at a time: a card with its problems has no one height, so they are not windowed.
function cards(desk, rows, open) {
  const list = h("ol", { class: "rows-list" });
  const more = h("div", { class: "panel-foot" });
  let shown = 0;
  const add = () => {
    for (const row of rows.slice(shown, shown + 50)) list.appendChild(rowCard(desk, row, open));
    shown = Math.min(rows.length, shown + 50);
    fill(more, shown < rows.length ? h("button", { class: "button plain", type: "button", on: { click: add } }, t("rows.more", { n: rows.length - shown })) : null);
  };
  add();
  return h("div", null, list, more);
}

/// One message a firm: what it should correct.
function noticesPanel(desk) {
  const place = h("div");
  const box = h("details", { class: "panel fold" }, h("summary", { class: "panel-head" }, h("h2", null, t("notices.title"))), h("div", { class: "panel-body" }, place));
  box.addEventListener("toggle", () => {
    if (box.open && !place.firstChild) into(place, () => all(`${desk.path}/notices`), (answer) => (answer.items.length ? firms(answer.items) : empty("notices.none")));
  });
  return box;
}

function firms(items) {
  return h("ul", { class: "notices" }, items.map((n) => h("li", { class: "stack-small" },
    h("div", { class: "spread" }, h("span", { class: "strong" }, n.enterprise),
      h("button", { class: "button small", type: "button", on: { click: async () => say(t((await copy(n.text)) ? "copied" : "copyFailed")) } }, icon("copy"), t("copy"))),
    h("p", { class: "small second pre" }, n.text))));
}
