// Restricted fields: shown on request alone, and every look is recorded.

import { all, post } from "../lib/api.js";
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
      on: { click: () => into(body, () => read(demand), fieldsOf) },
    }, t("sealed.show"));
    body.appendChild(notice("warn", t("sealed.recorded")));
    body.appendChild(h("div", { class: "cluster" }, show, h("button", { class: "button", type: "button", on: { click: close } }, t("cancel"))));
    return { body };
  });
}

/// The fields with the names of what they give as codes; names first, so that trying again is no second look.
async function read(demand) {
  const lists = await Promise.all(["sectors", "services", "keys"].map((name) => all(`/registry/${name}`)));
  const [sectors, services, keys] = lists.map((list) => new Map(list.items.map((item) => [item.id, item.name])));
  const answer = await post(`/demands/${encodeURIComponent(demand.id)}/look`, {});
  return { fields: answer.fields, names: { sector: sectors, sectors, services, key: keys, requirements: keys } };
}

function fieldsOf({ fields, names }) {
  return h("dl", { class: "facts wide" }, Object.entries(fields).filter(([name]) => !name.endsWith("source")).map(([name, value]) => [
    h("dt", null, named(name, names)), h("dd", { class: "pre" }, said(value, name, names))]));
}

/// `requirements.implant_temperature`: the member by its word, what it is about by its name, else as it stands.
function named(path, names) {
  const [member, ...rest] = path.split(".");
  const about = rest.map((part) => coded(part, member, names) || word("field", part));
  return about.length ? t("labelled", { name: word("field", member) }) + about.join(" · ") : word("field", member);
}

/// The name of a code that a member gives; nothing for other values.
function coded(value, member, names) {
  if (member === "op") return word("op", value);
  if (member === "strictness") return word("strictness", value);
  return names[member] && names[member].get(value);
}

/// A value in lines that people read: no braces, no codes.
function said(value, member, names) {
  if (Array.isArray(value)) return value.map((one) => said(one, member, names)).join("\n");
  if (value === null || typeof value !== "object") return coded(value, member, names) || String(value);
  return Object.entries(value).filter(([name]) => !["visibility", "source", "sealed"].includes(name))
    .map(([name, part]) => t("labelled", { name: word("field", name) }) + said(part, name, names)).join("\n");
}
