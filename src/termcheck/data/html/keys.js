// The keyboard. Keys without a modifier do nothing while somebody types, and can be switched off.

const ACTIONS = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => {
    const field = state.view === "terms" ? $("term-query") : $("query");
    field.focus();
    field.select();
  },
  "?": () => $("keys").showModal(),
  t: () => nextTheme(),
  c: () => {
    const node = rowOf(state.at);
    if (node) copy(node.querySelector(".copy").dataset.copy, node.querySelector(".copy"));
  },
};
const ON_FINDINGS = new Set(["j", "k", "c"]);

const isTyping = (target) =>
  target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;

function listenToKeys() {
  $("keys-on").checked = kept.get("keys") !== "off";
  $("keys-on").addEventListener("change", () => kept.set("keys", $("keys-on").checked ? "on" : "off"));
  $("help").addEventListener("click", ACTIONS["?"]);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || $("keys").open) return;
    if (event.key === "Escape") leave(event);
    else if (event.key === "Enter" && event.target.matches("mark")) jump(event.target);
    else if (ACTIONS[event.key] && isWanted(event)) {
      event.preventDefault();
      ACTIONS[event.key]();
    }
  });
}

function isWanted({ key, target }) {
  const here = state.view === "findings" || !ON_FINDINGS.has(key);
  return here && !isTyping(target) && $("keys-on").checked;
}

// Out of a field first, if it is empty; else what was searched goes, and then what was filtered.
function leave(event) {
  if (state.view !== "findings" || event.target.matches("select, .find")) return;
  if (event.target === $("query") && !state.query) {
    event.target.blur();
  } else {
    event.preventDefault();
    clearFilters({ all: !state.query });
  }
}
