// A demand beside its ranked lines, and the line that is looked at: what a broker works at.

import { get, post } from "../lib/api.js";
import { fill, h, icon } from "../lib/dom.js";
import { day } from "../lib/numbers.js";
import { address, note } from "../lib/router.js";
import { may, session } from "../lib/session.js";
import { t } from "../lib/texts.js";
import { failure, into, loading, notice, say, whisper } from "../parts/feedback.js";
import { asksPanel } from "./asks.js";
import { pairPanel } from "./pair.js";
import { rankedPanel } from "./ranked.js";
import { sealedButton } from "./sealed.js";
import { typedForm } from "./typed.js";

/// A stored demand.
export async function showDemand(place, params, query, context) {
  const body = h("div");
  fill(place, body);
  await into(body, () => get(`/demands/${encodeURIComponent(params.id)}`), (demand) => {
    const bench = makeBench({ demand: params.id }, demand, query);
    const view = h("div", null, head(demand), bench.node);
    context.title(demand.title || demand.id);
    bench.load();
    return view;
  });
}

/// A demand typed on the spot: nothing is stored.
export async function showTyped(place) {
  const result = h("div");
  const form = typedForm((typed) => {
    const bench = makeBench({ typed }, null, {});
    fill(result, bench.node);
    bench.load();
  });
  fill(place, h("div", { class: "page-head" }, h("div", { class: "titles" }, h("h1", null, t("nav.try")), h("p", { class: "sub" }, t("try.text")))),
    form, result);
}

function head(demand) {
  const facts = [demand.id, demand.enterprise, demand.park, demand.valid_until ? t("validUntil", { day: day(demand.valid_until, session.as_of) }) : null];
  return h("div", { class: "page-head" },
    h("div", { class: "titles" },
      h("a", { class: "back", href: address("/today") }, icon("back"), t("nav.today")),
      h("h1", null, demand.title || demand.id),
      h("p", { class: "sub" }, facts.filter(Boolean).join(" · "))),
    h("div", { class: "cluster" },
      sealedButton(demand),
      may("demands.history") ? h("a", { class: "button", href: address(`/demands/${encodeURIComponent(demand.id)}/history`) }, icon("clock"), t("history")) : null,
      h("button", { class: "button", type: "button", on: { click: () => window.print() } }, icon("print"), t("print"))));
}

/// The state of the bench and its three panes. `choice` names the demand as requests do.
function makeBench(choice, demand, query) {
  const state = {
    choice, demand, query, answer: null, before: null, moved: new Map(), line: query.line || null, stage: query.stage || null,
    top: 20, changes: { weights: {}, strictness: {}, values: {}, record: {} }, compared: new Set(),
  };
  const panes = { asks: h("div"), ranked: h("div"), pair: h("div") };
  const node = h("div", { class: "bench" },
    h("section", { class: "bench-asks", "aria-label": t("bench.asks") }, panes.asks),
    h("section", { class: "bench-ranked", "aria-label": t("bench.ranked") }, panes.ranked),
    h("section", { class: "bench-pair", "aria-label": t("bench.pair"), tabindex: "-1" }, panes.pair));
  let latest = 0;

  const bench = {
    state, node,
    /// Asks the server for the lines, with whatever was changed; the last request wins.
    async load() {
      latest += 1;
      const mine = latest;
      panes.ranked.setAttribute("aria-busy", "true");
      if (!state.answer) fill(panes.ranked, h("div", { class: "panel" }, loading()));
      try {
        const answer = await request(state);
        if (mine !== latest) return;
        take(state, answer);
        bench.draw();
      } catch (error) {
        if (mine !== latest || error.code === "signed_out") return;
        fill(panes.ranked, failure(error, bench.load));
      } finally {
        if (mine === latest) panes.ranked.removeAttribute("aria-busy");
      }
    },
    draw() {
      const stage = stageOf(state);
      if (!panes.asks.firstChild || state.redrawAsks) fill(panes.asks, asksPanel(bench, stage));
      else panes.asks.firstChild.refresh(stage);
      state.redrawAsks = false;
      fill(panes.ranked, rankedPanel(bench, stage));
      const known = stage.matches.find((m) => m.line === state.line);
      if (!state.line && stage.matches.length && window.innerWidth > 900) state.line = stage.matches[0].line;
      if (state.line) bench.look(state.line, known, false);
      else fill(panes.pair, h("div", { class: "panel" }, notice("", t("bench.pick"))));
    },
    /// Shows a line on the right; on a phone in the place of the list.
    async look(line, match, chosen) {
      state.line = line;
      if (choice.demand) note({ line, stage: state.stage });
      for (const row of panes.ranked.querySelectorAll("[data-line]")) {
        row.setAttribute("aria-current", String(row.dataset.line === line));
      }
      if (chosen) node.classList.add("at-pair");
      await into(panes.pair, () => explain(state, line), (explanation) => pairPanel(bench, explanation));
      if (chosen) {
        panes.pair.parentNode.focus({ preventScroll: window.innerWidth > 900 });
        whisper(t("bench.looking", { line: panes.pair.textContent.slice(0, 60) }));
      }
    },
    backToList() {
      node.classList.remove("at-pair");
      const row = panes.ranked.querySelector("[aria-current='true']");
      if (row) row.focus();
    },
    pickStage(id) {
      Object.assign(state, { stage: id, line: null, redrawAsks: true });
      bench.draw();
    },
    reset() {
      state.changes = { weights: {}, strictness: {}, values: {}, record: {} };
      state.redrawAsks = true;
      say(t("bench.resetDone"));
      return bench.load();
    },
  };
  return bench;
}

export function isChanged(state) {
  return Object.values(state.changes).some((part) => Object.keys(part).length > 0);
}

function request(state) {
  const common = Object.assign({ top: state.top, by: "platform" }, state.choice);
  if (state.conflicts) common.include_conflict = true;
  if (isChanged(state)) return post("/what-if", Object.assign({ changes: changesOf(state) }, common));
  if (!state.choice.demand) return post("/match", common);
  return get(`/demands/${encodeURIComponent(state.choice.demand)}/matches`, {
    top: state.top, by: "platform", include_conflict: state.conflicts ? "true" : undefined, hidden: state.hidden ? "true" : undefined,
  });
}

/// The changes as the request states them; empty parts are left out.
export function changesOf(state) {
  const { weights, strictness, values, record } = state.changes;
  const changes = {};
  if (Object.keys(weights).length) changes.weights = weights;
  if (Object.keys(strictness).length) changes.strictness = strictness;
  if (Object.keys(values).length) changes.values = Object.values(values);
  if (Object.keys(record).length) changes.record = record;
  return changes;
}

function take(state, answer) {
  state.moved = new Map((answer.moved || []).map((m) => [m.line, m]));
  state.answer = { stages: answer.after || answer.stages, before: answer.before || null, as_of: answer.as_of, issues: answer.issues || [] };
  if (answer.demand) state.demand = Object.assign({}, answer.demand, state.demand);
}

function stageOf(state) {
  const stages = state.answer.stages;
  return stages.find((s) => s.stage && s.stage === state.stage) || stages[0];
}

/// The pair of the demand as it is tried out; a server that cannot do that explains the stored one, which is said.
async function explain(state, line) {
  const body = Object.assign({ line }, state.choice);
  const stage = stageOf(state);
  if (stage.stage) body.stage = stage.stage;
  const { strictness, values, record } = state.changes;
  if (Object.keys(state.changes.weights).length) body.weights = state.changes.weights;
  if (![strictness, values, record].some((part) => Object.keys(part).length)) return post("/explain", body);
  try {
    return await post("/explain", Object.assign({ changes: changesOf(state) }, body));
  } catch (error) {
    if (error.status !== 400 && error.status !== 422) throw error;
    return Object.assign(await post("/explain", body), { isStored: true });
  }
}

