// The filters: for each facet its values with live counts, the most frequent first; several may be chosen.

const NAMES = {
  severity: "Severity",
  rule: "Rule",
  fix: "Fix",
  confidence: "Confidence",
  term: "Term",
  file: "File",
};
const ORDERS = { severity: RANKS, fix: { safe: 0, unsafe: 1 }, confidence: { high: 0, medium: 1, low: 2 } };
const FEW = 8;
const MOST = 300;

class Facet {
  constructor(name, onChange) {
    this.name = name;
    this.onChange = onChange;
    this.all = false;
    this.filter = "";
    this.counts = new Map();
    this.values = this.inOrder();
    this.list = el("div", { class: "values" });
    this.more = el("button", { type: "button", class: "link" });
    this.find = el("input", {
      type: "search",
      class: "find",
      placeholder: `Find a ${name}`,
      "aria-label": `Find a ${name}`,
      autocomplete: "off",
    });
    const many = this.values.length > FEW;
    this.node = el(
      "fieldset",
      { class: "facet", "data-facet": name },
      el("legend", {}, NAMES[name]),
      many ? this.find : null,
      this.list,
      many ? this.more : null,
    );
    this.more.addEventListener("click", () => {
      this.all = !this.all;
      this.filter = this.find.value = "";
      this.show();
    });
    this.find.addEventListener("input", () => {
      this.filter = fold(this.find.value.trim());
      this.show();
    });
    this.list.addEventListener("change", ({ target }) => {
      state[name][target.checked ? "add" : "delete"](target.value);
      this.onChange();
    });
  }

  // The order is that of all findings, so that nothing moves while one filters.
  inOrder() {
    const totals = new Map();
    for (const { values } of data.findings) {
      const value = values[this.name];
      if (value !== undefined) totals.set(value, (totals.get(value) ?? 0) + 1);
    }
    const fixed = ORDERS[this.name];
    const compare = fixed
      ? (a, b) => fixed[a] - fixed[b]
      : (a, b) => totals.get(b) - totals.get(a) || (a < b ? -1 : 1);
    return [...totals.keys()].sort(compare);
  }

  get useful() {
    return this.values.length > (this.name === "confidence" ? 1 : 0);
  }

  // What is chosen is always in sight; of many values those are that would find something.
  visible() {
    const chosen = state[this.name];
    if (this.filter)
      return this.values.filter((value) => fold(this.label(value)).includes(this.filter)).slice(0, MOST);
    const found =
      this.all || this.values.length <= FEW
        ? this.values
        : this.values.filter((value) => this.counts.get(value));
    const values = found.slice(0, this.all ? MOST : FEW);
    return [...values, ...[...chosen].filter((value) => !values.includes(value))];
  }

  label(value) {
    if (this.name === "rule") return `${value} ${ruleNames.get(value) ?? ""}`;
    if (this.name === "term") return termsById.get(value)?.name ?? value;
    return value;
  }

  update(counts) {
    this.counts = counts;
    this.show();
  }

  show() {
    const focused = this.list.contains(document.activeElement) ? document.activeElement.value : null;
    this.list.replaceChildren(...this.visible().map((value) => this.option(value)));
    if (focused !== null) {
      [...this.list.querySelectorAll("input")]
        .find((input) => input.value === focused)
        ?.focus({ preventScroll: true });
    }
    this.find.hidden = !this.all;
    this.more.textContent = this.all ? "Show fewer" : `Show all ${number.format(this.values.length)}`;
    this.more.setAttribute("aria-expanded", this.all);
  }

  option(value) {
    const found = this.counts.get(value) ?? 0;
    const input = el("input", { type: "checkbox", value });
    input.checked = state[this.name].has(value);
    const text =
      this.name === "rule"
        ? [el("code", {}, value), ` ${ruleNames.get(value) ?? ""}`]
        : this.name === "file"
          ? shortPath(value)
          : this.name === "term"
            ? el("bdi", { lang: data.languages[0] }, this.label(value))
            : this.label(value);
    return el(
      "label",
      { class: `value ${this.name === "severity" ? value : ""}`, "data-none": found === 0 },
      input,
      el("span", { class: "name", title: this.label(value) }, text),
      el("span", { class: "count" }, number.format(found)),
    );
  }
}

// The name of a file counts more than its directories, which are cut first.
function shortPath(path) {
  const cut = path.lastIndexOf("/") + 1;
  return [
    el("span", { class: "directory" }, path.slice(0, cut)),
    el("bdi", { class: "base" }, path.slice(cut)),
  ];
}

function buildFacets(onChange) {
  const facets = FACETS.map((name) => new Facet(name, onChange)).filter((facet) => facet.useful);
  $("facets").replaceChildren(...facets.map((facet) => facet.node));
  const silenced = data.findings.filter((finding) => finding.silenced).length;
  if (silenced) $("facets").prepend(silencedToggle(silenced, onChange));
  $("facets").addEventListener("submit", (event) => event.preventDefault());
  return facets;
}

function silencedToggle(silenced, onChange) {
  const input = el("input", { type: "checkbox", id: "silenced" });
  input.addEventListener("change", () => {
    state.silenced = input.checked;
    onChange();
  });
  return el(
    "label",
    { class: "value silenced" },
    input,
    el("span", { class: "name" }, "Show what is silenced"),
    el("span", { class: "count" }, number.format(silenced)),
  );
}
