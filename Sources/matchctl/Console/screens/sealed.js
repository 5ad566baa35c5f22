// Restricted fields: shown on request alone, and every look is recorded.

import { post } from "../lib/api.js";
import { h, icon } from "../lib/dom.js";
import { t, word } from "../lib/texts.js";
import { dialog } from "../parts/dialog.js";
import { into, notice } from "../parts/feedback.js";

/// A button for who may look; a word for who may not; nothing where nothing is restricted.
export function sealedButton(demand) {
  const fields = demand.sealed || [];
  if (!fields.length) return null;
  if (!demand.may_look) return h("span", { class: "chip outline" }, icon("lock"), t("sealed.n", { n: fields.length }));
  return h("button", { class: "button", type: "button", on: { click: () => look(demand) } }, icon("lock"), t("sealed.look"));
}

function look(demand) {
  dialog(t("sealed.look"), (close) => {
    const body = h("div", { class: "stack" });
    const show = h("button", {
      class: "button primary", type: "button",
      on: { click: () => into(body, () => post(`/demands/${encodeURIComponent(demand.id)}/look`, {}), fieldsOf) },
    }, t("sealed.show"));
    body.appendChild(notice("warn", t("sealed.recorded")));
    body.appendChild(h("div", { class: "cluster" }, show, h("button", { class: "button", type: "button", on: { click: close } }, t("cancel"))));
    return { body };
  });
}

function fieldsOf(answer) {
  return h("dl", { class: "facts wide" }, Object.entries(answer.fields).filter(([name]) => !name.endsWith("source")).map(([name, value]) => [
    h("dt", null, named(name)), h("dd", { class: "pre" }, said(value))]));
}

/// `requirements.implant_temperature`: the member by its word, what it is about as it stands.
function named(path) {
  const [member, ...rest] = path.split(".");
  return rest.length ? t("labelled", { name: word("field", member) }) + rest.map((part) => word("field", part)).join(" · ") : word("field", member);
}

/// A value in lines that people read: no braces.
function said(value) {
  if (Array.isArray(value)) return value.map(said).join("\n");
  if (value === null || typeof value !== "object") return String(value);
  return Object.entries(value).filter(([name]) => !["visibility", "source", "sealed"].includes(name))
    .map(([name, part]) => t("labelled", { name: word("field", name) }) + said(part)).join("\n");
}
