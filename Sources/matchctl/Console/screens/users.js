// Accounts and their tokens, and which parks want a second pair of eyes.

import { all, get, patch, post, put, remove } from "../lib/api.js";
import { fill, h } from "../lib/dom.js";
import { copy, whenSent } from "../lib/input.js";
import { day } from "../lib/numbers.js";
import { session } from "../lib/session.js";
import { t } from "../lib/texts.js";
import { dialog } from "../parts/dialog.js";
import { choose, field, input } from "../parts/fields.js";
import { busy, empty, into, notice, say } from "../parts/feedback.js";
import { table } from "../parts/table.js";

const roles = ["broker", "park_operator", "platform_operator", "planner", "administrator"];
const scopes = ["read", "match", "publish", "broker", "platform", "run", "users"];

export async function showUsers(place) {
  const people = h("div");
  const parks = h("div");
  const load = () => into(people, () => all("/users"), (answer) => (answer.items.length ? peopleTable(answer.items, load) : empty("users.none")));
  fill(place, h("div", { class: "page-head" }, h("div", { class: "titles" }, h("h1", null, t("nav.users"))),
    h("div", { class: "cluster" }, h("button", { class: "button primary", type: "button", on: { click: () => addUser(load) } }, t("users.add")))),
  h("section", { class: "panel", "aria-label": t("nav.users") }, people),
  h("section", { class: "panel" }, h("div", { class: "panel-head" }, h("h2", null, t("parks"))), parks));
  await load();
  await into(parks, () => all("/parks"), (answer) => (answer.items.length ? parksTable(answer.items) : empty("parks.none")));
}

function peopleTable(items, load) {
  return table([
    { title: t("user"), lead: true, cell: (u) => h("div", null, h("span", { class: "strong" }, u.display || u.name), h("div", { class: "row-sub" }, u.name)) },
    { title: t("role"), width: "150px", cell: (u) => t(`role.${u.role}`) },
    { title: t("users.of"), cell: (u) => u.park || u.platform || "" },
    { title: t("state"), width: "110px", cell: (u) => h("span", { class: `chip ${u.disabled ? "bad" : "good"}` }, t(u.disabled ? "users.off" : "users.on")) },
    { title: t("users.tokens"), width: "90px", class: "number", cell: (u) => String(u.tokens || 0) },
    { title: t("users.act"), width: "190px", cell: (u) => h("div", { class: "cluster tight" }, toggle(u, load),
      h("button", { class: "button small", type: "button", on: { click: () => tokensOf(u, load) } }, t("users.tokens"))) },
  ], items, { caption: t("nav.users") });
}

function toggle(user, load) {
  const button = h("button", { class: "button small", type: "button" }, t(user.disabled ? "users.enable" : "users.disable"));
  if (user.name === session.name) return null;
  button.addEventListener("click", () => busy(button, async () => {
    await patch(`/users/${encodeURIComponent(user.name)}`, { disabled: !user.disabled });
    say(t(user.disabled ? "users.enabled" : "users.disabled"));
    await load();
  }));
  return button;
}

function addUser(load) {
  dialog(t("users.add"), (close) => {
    const name = input("name", { required: true, autocapitalize: "none", spellcheck: "false" });
    const display = input("display");
    const role = choose("role", roles.map((r) => [r, t(`role.${r}`)]), "broker");
    const of = input("of");
    const password = input("password", { type: "password", autocomplete: "new-password" });
    const wrong = h("div");
    const ofField = field(t("users.ofField"), of, t("users.ofHint"));
    const needed = () => ofField.classList.toggle("hidden", !["park_operator", "platform_operator"].includes(role.value));
    role.addEventListener("change", needed);
    needed();
    const save = h("button", { class: "button primary", type: "submit" }, t("users.add"));
    const form = h("form", { class: "stack" }, field(t("user"), name), field(t("users.display"), display), field(t("role"), role), ofField,
      field(t("password"), password, t("users.passwordHint")), wrong,
      h("div", { class: "dialog-foot inner" }, h("button", { class: "button", type: "button", on: { click: close } }, t("cancel")), save));
    whenSent(form, () => busy(save, async () => {
      const body = { name: name.value.trim(), role: role.value };
      if (display.value.trim()) body.display = display.value.trim();
      if (role.value === "park_operator") body.park = of.value.trim();
      if (role.value === "platform_operator") body.platform = of.value.trim();
      if (password.value) body.password = password.value;
      await post("/users", body);
      close();
      say(t("users.added", { name: body.name }));
      await load();
    }, wrong));
    return { body: form };
  });
}

function tokensOf(user, load) {
  const path = `/users/${encodeURIComponent(user.name)}/tokens`;
  dialog(t("tokens.title", { name: user.name }), () => {
    const list = h("div");
    const made = h("div");
    const show = () => into(list, () => get(path), (answer) => (answer.items.length ? tokenTable(answer.items, path, show) : h("p", { class: "second" }, t("tokens.none"))));
    show();
    return { body: h("div", { class: "stack" }, list, h("div", { class: "rule" }), tokenForm(path, made, () => { show(); load(); }), made) };
  }, { wide: true });
}

function tokenTable(items, path, show) {
  return table([
    { title: t("tokens.label"), lead: true, cell: (k) => k.label || k.id },
    { title: t("tokens.scopes"), cell: (k) => k.scopes.map((s) => t(`scope.${s}`)).join(t("comma")) },
    { title: t("tokens.expires"), width: "150px", cell: (k) => day(k.expires, session.as_of) },
    { title: t("users.act"), width: "110px", cell: (k) => {
      const end = h("button", { class: "button small danger", type: "button" }, t("tokens.end"));
      end.addEventListener("click", () => busy(end, async () => {
        await remove(`${path}/${encodeURIComponent(k.id)}`);
        say(t("tokens.ended"));
        await show();
      }));
      return end;
    } },
  ], items, { caption: t("users.tokens"), whole: true });
}

function tokenForm(path, made, after) {
  const label = input("label");
  const days = input("days", { type: "number", min: "1", max: "366", value: "90" });
  const boxes = scopes.map((s) => h("label", { class: "choice" }, h("input", { type: "checkbox", value: s, checked: s === "read" }), t(`scope.${s}`)));
  const wrong = h("div");
  const save = h("button", { class: "button primary", type: "submit" }, t("tokens.make"));
  const form = h("form", { class: "stack" }, h("div", { class: "form-grid" }, field(t("tokens.label"), label), field(t("tokens.days"), days)),
    h("fieldset", null, h("legend", { class: "label" }, t("tokens.scopes")), h("div", { class: "cluster" }, boxes)), wrong, h("div", null, save));
  whenSent(form, () => busy(save, async () => {
    const chosen = Array.from(form.querySelectorAll("input:checked"), (b) => b.value);
    const body = { scopes: chosen, days: Number(days.value) };
    if (label.value.trim()) body.label = label.value.trim();
    const token = await post(path, body);
    fill(made, notice("good", h("span", { class: "strong" }, t("tokens.once")), h("code", { class: "token" }, token.token || ""),
      h("div", null, h("button", { class: "button small", type: "button", on: { click: async () => say(t((await copy(token.token || "")) ? "copied" : "copyFailed")) } }, t("copy")))));
    after();
  }, wrong));
  return form;
}

function parksTable(items) {
  return table([
    { title: t("park"), lead: true, cell: (p) => h("div", null, p.name, p.id !== p.name ? h("div", { class: "row-sub" }, p.id) : null) },
    items.some((p) => p.demands !== undefined) ? { title: t("nav.demands"), width: "110px", class: "number", cell: (p) => String(p.demands) } : null,
    { title: t("parks.review"), width: "240px", cell: review },
  ].filter(Boolean), items, { caption: t("parks") });
}

function review(park) {
  const box = h("input", { type: "checkbox", checked: park.review });
  box.addEventListener("change", () => busy(box, async () => {
    await put(`/parks/${encodeURIComponent(park.id)}`, { name: park.name, review: box.checked });
    say(t("saved"));
  }));
  return h("label", { class: "choice" }, box, t("parks.reviewText"));
}
