"use strict";

// element("td", {class: "number"}, "0.5", other_element): text is always text, never markup.
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("--")) made.style.setProperty(key, value);
    else if (typeof value === "function") made.addEventListener(key, value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return made;
}

// The namespace is taken from an element that the HTML parser made.
const svg_namespace = new DOMParser().parseFromString("<svg></svg>", "text/html").querySelector("svg").namespaceURI;

function svg(name, attributes, ...children) {
  const made = document.createElementNS(svg_namespace, name);
  for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function body_of(section) {
  return document.querySelector(`#${section} > .body`);
}

function paragraph(...children) {
  return element("p", {}, ...children);
}

// Read aloud, not seen.
function unseen(text) {
  return element("span", {class: "unseen"}, text);
}

// A wide table scrolls within its own frame, which the keyboard can reach.
function framed(table, label) {
  return element("div", {class: "frame", role: "region", tabindex: "0", "aria-label": label}, table);
}

function select(label, options, chosen, change) {
  const control = element("select", {change: () => change(control.value)},
    options.map(({value, text}) => element("option", {value, selected: String(value) === String(chosen)}, text)));
  return element("label", {class: "control"}, element("span", {}, label), control);
}

function number_input(label, value, highest, change) {
  const control = element("input", {type: "number", min: 0, max: highest, value,
    input: () => change(Math.max(0, Number(control.value) || 0))});
  return element("label", {class: "control"}, element("span", {}, label), control);
}
