// A park's lists: hand one in, and see what became of those before.

import { all, fileAddress, get, upload } from "../lib/api.js";
import { fill, h, icon } from "../lib/dom.js";
import { moment, number } from "../lib/numbers.js";
import { address, go } from "../lib/router.js";
import { session } from "../lib/session.js";
import { t } from "../lib/texts.js";
import { choose, field } from "../parts/fields.js";
import { empty, errorTitle, failure, into, say } from "../parts/feedback.js";
import { table } from "../parts/table.js";

const kinds = ".xlsx,.csv,.tsv,.docx,.json,.jsonl";

export async function showLists(place) {
  const past = h("div");
  fill(place, h("div", { class: "page-head" },
    h("div", { class: "titles" }, h("h1", null, t("nav.lists")), h("p", { class: "sub" }, session.park || "")),
    h("div", { class: "cluster" },
      h("a", { class: "button", href: fileAddress("/template"), download: "" }, icon("down"), t("lists.template")),
      session.park ? h("a", { class: "button", href: fileAddress("/public-list", { format: "xlsx" }), download: "" }, icon("down"), t("lists.public")) : null)),
  await dropZone(),
  h("section", { class: "panel" }, h("div", { class: "panel-head" }, h("h2", null, t("lists.past"))), past));
  await into(past, () => all("/lists", {}, 500), (answer) => (answer.items.length ? listTable(answer.items) : empty("lists.none")));
}

/// A place to drop a file on; a button for those who do not drop.
async function dropZone() {
  const park = session.park ? null : await parkChoice();
  const said = h("div");
  const file = h("input", { type: "file", accept: kinds, class: "aside", id: "list-file", tabindex: "-1", "aria-hidden": "true" });
  const button = h("button", { class: "button primary", type: "button", on: { click: () => file.click() } }, icon("up"), t("lists.pick"));
  const zone = h("section", { class: "drop", "aria-label": t("lists.drop") }, h("h2", null, t("lists.drop")), h("p", null, t("lists.dropText")), park, button, file, said);
  const take = (list) => {
    if (list && list[0]) send(list[0], park ? park.querySelector("select").value : undefined, button, said);
  };
  file.addEventListener("change", () => {
    take(file.files);
    file.value = "";
  });
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    take(event.dataTransfer.files);
  });
  return zone;
}

async function parkChoice() {
  const parks = await get("/parks", { limit: 500 });
  return field(t("park"), choose("park", parks.items.map((p) => [p.id, p.name])));
}

async function send(file, park, button, said) {
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  fill(said, h("p", { role: "status" }, t("lists.reading", { name: file.name })));
  try {
    const list = await upload("/lists", file, { name: file.name, park });
    say(t("lists.read", { rows: list.rows }));
    go(`/lists/${encodeURIComponent(list.id)}`);
  } catch (error) {
    fill(said, failure(error, () => send(file, park, button, said)));
    say(errorTitle(error));
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

function listTable(items) {
  return table([
    { title: t("lists.file"), lead: true, cell: (l) => h("div", null, h("a", { class: "row-link", href: address(`/lists/${encodeURIComponent(l.id)}`) }, l.name), h("div", { class: "row-sub" }, session.park ? "" : l.park)) },
    { title: t("state"), width: "110px", cell: (l) => stateOfList(l) },
    { title: t("action.accept"), class: "number", width: "90px", cell: (l) => number(l.counts.accept) },
    { title: t("action.accept_with_warning"), class: "number", width: "110px", cell: (l) => number(l.counts.accept_with_warning) },
    { title: t("action.reject"), class: "number", width: "100px", cell: (l) => number(l.counts.reject) },
    { title: t("lists.when"), width: "240px", cell: (l) => h("span", { class: "small second" }, `${moment(l.at)} · ${l.by}`) },
  ], items, { caption: t("lists.past") });
}

export function stateOfList(list) {
  const kind = { draft: "warn", submitted: "open", published: "good" }[list.state] || "outline";
  return h("span", { class: `chip ${kind}` }, t(`list.${list.state}`));
}
