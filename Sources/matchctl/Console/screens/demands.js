// Demands as a list, and what became of one: for parks, and as history for everybody who may see it.

import { all, get, post, put } from "../lib/api.js";
import { fill, h, icon } from "../lib/dom.js";
import { whenSent, whenTyped } from "../lib/input.js";
import { day, moment } from "../lib/numbers.js";
import { address, note } from "../lib/router.js";
import { may, session } from "../lib/session.js";
import { t, word } from "../lib/texts.js";
import { dialog } from "../parts/dialog.js";
import { field, filters, input } from "../parts/fields.js";
import { busy, empty, into, notice, say, whisper } from "../parts/feedback.js";
import { sealedMark, verdictChip } from "../parts/marks.js";
import { table } from "../parts/table.js";

const states = ["published", "draft", "returned", "withdrawn"];

export async function showDemands(place, params, query) {
  const body = h("div");
  const tools = h("div", { class: "tool-bar" });
  const picked = { state: states.includes(query.state) ? query.state : "all", words: query.q || "" };
  fill(place, h("div", { class: "page-head" }, h("div", { class: "titles" }, h("h1", null, t("nav.demands")), h("p", { class: "sub" }, session.park || ""))),
    tools, h("section", { class: "panel", "aria-label": t("nav.demands") }, body));
  await into(body, () => all("/demands", {}, 20000), (answer) => {
    const items = answer.items;
    const list = h("div");
    let shown = items;
    const give = h("button", { class: "button", type: "button", on: { click: () => assignDialog(shown, () => showDemands(place, params, query)) } }, t("assign.shown"));
    const draw = () => {
      note({ state: picked.state === "all" ? "" : picked.state, q: picked.words });
      const rows = items.filter((d) => (picked.state === "all" || d.state === picked.state) && holds(d, picked.words));
      shown = rows.filter((d) => d.state === "published" || d.state === "draft");
      give.classList.toggle("hidden", !may("demands.assign") || shown.length === 0);
      fill(list, rows.length ? rowsOf(rows) : empty(items.length ? "demands.notFound" : "demands.none"));
      whisper(t("shown", { n: rows.length }));
    };
    const search = input("q", { type: "search", value: picked.words, placeholder: t("today.search"), "aria-label": t("today.search") });
    whenTyped(search, (words) => {
      picked.words = words;
      draw();
    });
    const pairs = [["all", t("all"), items.length]].concat(states.map((s) => [s, t(`demand.${s}`), items.filter((d) => d.state === s).length]));
    fill(tools, filters(t("filter"), pairs, picked.state, (s) => { picked.state = s; draw(); }), h("div", { class: "cluster" }, give, h("div", { class: "search" }, icon("search"), search)));
    draw();
    return list;
  });
}

function holds(demand, words) {
  const text = [demand.title, demand.id, demand.own, demand.enterprise, demand.park].join(" ").toLowerCase();
  return words.toLowerCase().split(/\s+/).every((w) => text.includes(w));
}

function rowsOf(items) {
  return table([
    { title: t("demand"), lead: true, cell: (d) => h("div", null, h("a", { class: "row-link", href: address(`/demands/${encodeURIComponent(d.id)}`) }, d.title || d.id),
      h("div", { class: "row-sub" }, [d.own, d.enterprise, d.park && d.park !== session.park ? d.park : null, d.id].filter(Boolean).join(" · "))) },
    { title: t("state"), width: "120px", cell: (d) => stateChipOf(d) },
    { title: t("demands.best"), width: "170px", cell: (d) => best(d) },
    { title: t("demands.until"), width: "130px", cell: (d) => (d.valid_until ? day(d.valid_until, session.as_of) : "") },
    { title: t("demands.broker"), width: "130px", cell: (d) => (d.brokers || []).join(t("comma")) || h("span", { class: "quiet-text" }, t("demands.noBroker")) },
  ], items, { caption: t("nav.demands") });
}

function stateChipOf(demand) {
  const kind = { published: "good", draft: "outline", returned: "bad", withdrawn: "outline" }[demand.state] || "outline";
  return h("span", { class: `chip ${kind}` }, word("demand", demand.state));
}

function best(demand) {
  const v = demand.verdicts;
  const found = v && ["full", "potential", "near_miss"].find((k) => v[k] > 0);
  if (!found) return v ? h("span", { class: "quiet-text" }, t("demands.noLine")) : "";
  return h("span", { class: "cluster tight" }, verdictChip(found), h("span", { class: "row-sub" }, t("lines.n", { n: v[found] })));
}

/// What was stated, and everything that happened since.
export async function showFollowed(place, params, query, context) {
  const body = h("div");
  fill(place, body);
  const path = `/demands/${encodeURIComponent(params.id)}`;
  const load = () => into(body, () => Promise.all([get(path), may("demands.history") ? all(`${path}/history`) : { items: [] }]), ([demand, history]) => {
    context.title(demand.title || demand.id);
    return h("div", null, headOf(demand, path, load), (demand.reasons || []).length ? notice("warn", demand.reasons.map((r) => h("p", null, r))) : null,
      h("div", { class: "columns-2" }, asked(demand),
        h("section", { class: "panel" }, h("div", { class: "panel-head" }, h("h2", null, t("history"))),
          h("div", { class: "panel-body" }, history.items.length ? timeline(history.items) : empty("history.none")))));
  });
  await load();
}

function headOf(demand, path, load) {
  const withdraw = h("button", { class: "button danger", type: "button", on: { click: () => withdrawDialog(path, load) } }, t("withdraw"));
  const renew = h("button", { class: "button", type: "button", on: { click: () => renewDialog(demand, path, load) } }, t("renew"));
  const mine = may("demands.change") && demand.state === "published";
  const give = h("button", { class: "button primary", type: "button", on: { click: () => assignDialog([demand], load) } }, t("assign"));
  const isBroker = session.role === "broker";
  const back = isBroker ? `/demands/${encodeURIComponent(demand.id)}` : "/demands";
  return h("div", { class: "page-head" },
    h("div", { class: "titles" }, h("a", { class: "back", href: address(back) }, icon("back"), t(isBroker ? "demand" : "nav.demands")),
      h("h1", null, demand.title || demand.id),
      h("div", { class: "sub cluster tight" }, stateChipOf(demand), h("span", null, [demand.id, demand.enterprise].filter(Boolean).join(" · ")),
        demand.valid_until ? h("span", null, t("validUntil", { day: day(demand.valid_until, session.as_of) })) : null)),
    h("div", { class: "cluster" }, may("demands.assign") ? give : null, mine ? [renew, withdraw] : null));
}

function asked(demand) {
  const stages = demand.stages || [];
  const text = demand.record && typeof demand.record.text === "string" ? demand.record.text : null;
  return h("section", { class: "panel" }, h("div", { class: "panel-head" }, h("h2", null, t("bench.asks"))),
    h("div", { class: "panel-body stack" }, text ? h("p", { class: "pre" }, text) : null,
      stages.map((s) => h("ul", { class: "asks plain" }, s.title ? h("li", { class: "strong" }, s.title) : null, s.criteria.map((c) => h("li", null,
        h("span", { class: "ask-name" }, c.name), c.sealed ? sealedMark() : h("span", { class: "ask-value" }, c.asked), h("span", { class: "tag" }, word("strictness", c.strictness))))))));
}

function timeline(items) {
  return h("ol", { class: "timeline" }, items.slice().reverse().map((e) => h("li", null,
    h("div", { class: "spread" }, h("span", { class: "strong" }, word("entry", e.kind)), h("span", { class: "small quiet-text" }, moment(e.at))),
    h("p", { class: "second" }, e.text),
    h("p", { class: "small quiet-text" }, [e.who, (e.fields || []).length ? t("history.fields", { fields: e.fields.map((f) => word("field", f)).join(t("comma")) }) : null].filter(Boolean).join(" · ")))));
}

/// Gives demands to a broker, who may then see their restricted fields.
function assignDialog(demands, after) {
  dialog(t("assign.title", { n: demands.length }), (close) => {
    const broker = input("broker", { required: true, autocapitalize: "none", spellcheck: "false", value: (demands[0].brokers || [])[0] || "" });
    const wrong = h("div");
    const told = h("p", { class: "small second", role: "status" });
    const act = h("button", { class: "button primary", type: "submit" }, t("assign"));
    const form = h("form", { class: "stack" }, h("p", { class: "second" }, t("assign.text")), field(t("assign.broker"), broker), told, wrong,
      h("div", { class: "dialog-foot inner" }, h("button", { class: "button", type: "button", on: { click: close } }, t("cancel")), act));
    whenSent(form, () => (broker.value.trim() ? busy(act, async () => {
      for (let i = 0; i < demands.length; i += 1) {
        fill(told, t("assign.progress", { done: i, of: demands.length }));
        await put(`/demands/${encodeURIComponent(demands[i].id)}/broker`, { broker: broker.value.trim() });
      }
      close();
      say(t("assign.done", { n: demands.length, broker: broker.value.trim() }));
      await after();
    }, wrong) : broker.focus()));
    return { body: form };
  });
}

function withdrawDialog(path, load) {
  dialog(t("withdraw.title"), (close) => {
    const reason = input("reason");
    const wrong = h("div");
    const act = h("button", { class: "button primary", type: "submit" }, t("withdraw"));
    const form = h("form", { class: "stack" }, h("p", { class: "second" }, t("withdraw.text")), field(t("withdraw.reason"), reason), wrong,
      h("div", { class: "dialog-foot inner" }, h("button", { class: "button", type: "button", on: { click: close } }, t("cancel")), act));
    whenSent(form, () => busy(act, async () => {
      await post(`${path}/withdraw`, reason.value.trim() ? { reason: reason.value.trim() } : {});
      close();
      say(t("withdraw.done"));
      await load();
    }, wrong));
    return { body: form };
  });
}

function renewDialog(demand, path, load) {
  dialog(t("renew.title"), (close) => {
    const until = h("input", { type: "date", name: "until", required: true, min: session.as_of, value: demand.valid_until || "" });
    const wrong = h("div");
    const act = h("button", { class: "button primary", type: "submit" }, t("renew"));
    const form = h("form", { class: "stack" }, field(t("renew.until"), until), wrong,
      h("div", { class: "dialog-foot inner" }, h("button", { class: "button", type: "button", on: { click: close } }, t("cancel")), act));
    whenSent(form, () => busy(act, async () => {
      await post(`${path}/renew`, { until: until.value });
      close();
      say(t("renew.done"));
      await load();
    }, wrong));
    return { body: form };
  });
}
