// Labelled fields.

import { h, newID } from "../lib/dom.js";

/// A field with its label above and a hint below. `control` is an input, a select or a text area.
export function field(label, control, hint) {
  const id = control.id || newID("field");
  control.id = id;
  const hintID = hint ? `${id}-hint` : null;
  if (hintID) control.setAttribute("aria-describedby", hintID);
  return h("div", { class: "field" }, h("label", { class: "label", for: id }, label), control,
    hint ? h("p", { class: "hint", id: hintID }, hint) : null);
}

export function input(name, props) {
  return h("input", Object.assign({ name, type: "text", autocomplete: "off" }, props));
}

/// A select of `[value, text]` pairs.
export function choose(name, pairs, value, props) {
  const node = h("select", Object.assign({ name }, props),
    pairs.map(([v, text]) => h("option", { value: v, selected: v === value }, text)));
  if (value !== undefined && value !== null) node.value = value;
  return node;
}

/// Buttons of which one is pressed. `pairs`: `[value, text, count?]`.
export function filters(label, pairs, value, pick) {
  const group = h("div", { class: "filters", role: "group", "aria-label": label });
  const draw = (chosen) => {
    for (const button of group.children) button.setAttribute("aria-pressed", String(button.dataset.value === chosen));
  };
  for (const [v, text, count] of pairs) {
    group.appendChild(h("button", {
      type: "button", class: "filter", data: { value: v },
      on: { click: () => { draw(v); pick(v); } },
    }, text, count === undefined || count === null ? null : h("span", { class: "count" }, String(count))));
  }
  draw(value);
  return group;
}

/// Tabs with their panels, moved by arrow keys. `pairs`: `[id, text, build]`. All panels are built, as paper shows all.
export function tabs(label, pairs, chosen, picked) {
  const stem = newID("tab");
  const panels = pairs.map(([id, text, build]) => h("div", {
    role: "tabpanel", id: `${stem}-${id}-panel`, "aria-labelledby": `${stem}-${id}`, "data-title": text,
  }, build()));
  const list = h("div", { class: "tabs", role: "tablist", "aria-label": label });
  const buttons = pairs.map(([id, text]) => h("button", {
    type: "button", role: "tab", id: `${stem}-${id}`, "aria-controls": `${stem}-${id}-panel`, on: { click: () => show(id) },
  }, text));
  buttons.forEach((b) => list.appendChild(b));
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
    buttons[at].focus();
    show(pairs[at][0]);
  });

  function show(id) {
    pairs.forEach(([other], i) => {
      const on = other === id;
      buttons[i].setAttribute("aria-selected", String(on));
      buttons[i].tabIndex = on ? 0 : -1;
      panels[i].classList.toggle("hidden", !on);
    });
    if (picked) picked(id);
  }

  show(chosen || pairs[0][0]);
  return h("div", null, list, h("div", { class: "tab-panels" }, panels));
}
