// Elements from data, never from markup: every text becomes a text node.

/// An element: `h("td", { class: "number" }, "12")`. `on` holds listeners, `style` single properties set
/// by script (which a content policy without inline styles allows), anything else is a property of the
/// element where it has one and an attribute otherwise. A child that is null or false is left out.
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  if (props) apply(node, props);
  append(node, children);
  return node;
}

function apply(node, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "on") for (const [event, f] of Object.entries(value)) node.addEventListener(event, f);
    else if (name === "style") for (const [key, v] of Object.entries(value)) node.style.setProperty(key, v);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (value === true) node.setAttribute(name, "");
    else if (name === "value" || name === "checked") node[name] = value;
    else node.setAttribute(name, String(value));
  }
}

export function append(node, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(node, child);
    else node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

/// Puts `children` in the place of what `node` holds.
export function fill(node, ...children) {
  while (node.firstChild) node.removeChild(node.firstChild);
  return append(node, children);
}

let last = 0;
/// A new id for a label and what it labels.
export function newID(stem) {
  last += 1;
  return `${stem}-${last}`;
}

const svgSpace = "http://www.w3.org/2000/svg";
/// A line drawing of 16 units; hidden from screen readers, as words stand beside it.
export function icon(name) {
  const svg = document.createElementNS(svgSpace, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const path = document.createElementNS(svgSpace, "path");
  path.setAttribute("d", icons[name]);
  svg.appendChild(path);
  return svg;
}

const icons = {
  check: "M3 8.5 6.5 12 13 4.5",
  question: "M5.6 6a2.4 2.4 0 1 1 3.3 2.2c-.6.3-.9.7-.9 1.4M8 12.2v.1",
  near: "M3 10c2-3.5 3.2-3.5 5-2s3 1.5 5-2M3 13h10",
  cross: "M4 4l8 8M12 4l-8 8",
  info: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11M8 7.5v3.5M8 5v.1",
  warn: "M8 3 14 13.5H2ZM8 7v3M8 11.8v.1",
  copy: "M6 5V3h7v8h-2M3 5.5h7.5V13.5H3Z",
  send: "M2.5 8 13.5 3 10 13.5 7.5 9.2Z",
  down: "M8 2.5v8M4.5 7 8 10.5 11.5 7M3 13.5h10",
  up: "M8 13.5v-8M4.5 9 8 5.5 11.5 9M3 2.5h10",
  clock: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11M8 5v3.2l2 1.5",
  back: "M10 3 5 8l5 5",
  next: "M6 3l5 5-5 5",
  lock: "M4 7.5h8v6H4ZM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  swap: "M3 5.5h9.5M10 3l2.5 2.5L10 8M13 10.5H3.5M6 8l-2.5 2.5L6 13",
  search: "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M10.3 10.3 14 14",
  plus: "M8 3v10M3 8h10",
  print: "M4.5 6V2.5h7V6M4.5 11.5H2.5V6h11v5.5h-2M4.5 9.5h7v4h-7Z",
};
