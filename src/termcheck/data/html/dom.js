// Small helpers around the document. Nothing here or elsewhere parses markup: texts become text nodes.

const $ = (id) => document.getElementById(id);

// A new element with attributes (those that are null or false are left out) and children, nodes or texts.
function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

const number = new Intl.NumberFormat("en");
const count = (n, noun) => `${number.format(n)} ${noun}${n === 1 ? "" : "s"}`;

// What a screen reader is to say.
function say(text) {
  $("said").textContent = text;
}

// What is kept from visit to visit; some browsers refuse it to files on a disk.
const kept = {
  get(key) {
    try {
      return localStorage.getItem(`termcheck-${key}`);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(`termcheck-${key}`, value);
    } catch {
      /* it holds for this visit */
    }
  },
};

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Pages that come by plain HTTP have no clipboard but this one.
    const field = el("textarea", { class: "unseen", readonly: true });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    button?.focus({ preventScroll: true });
  }
  say(`Copied ${text}`);
  if (!button) return;
  button.classList.add("done");
  setTimeout(() => button.classList.remove("done"), 1200);
}
