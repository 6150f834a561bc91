// The table of terms: how the texts render each, and what stands there instead.

const MOST_ROWS = 400;
const COLUMNS = [
  { key: "name", title: "Term", text: true },
  { key: "findings", title: "Findings", of: (term) => term.findings },
  { key: "pairs", title: "Pairs", of: (term) => term.pairs ?? 0 },
  {
    key: "share",
    title: "As listed",
    of: (term) => (term.pairs ? term.rendered / term.pairs : 2),
    ascending: true,
  },
  { key: "instead", title: "Instead", of: (term) => term.deviating, left: true },
  { key: "renderings", title: "Accepted renderings" },
];
const table = { sort: "findings", descending: true, query: "", unseen: false, most: MOST_ROWS };

const isForbidden = ({ rule, places }) =>
  data.rules[rule].name === "forbidden-rendering" && places.length > 1;

function prepareTerms() {
  for (const term of data.terms) Object.assign(term, { findings: 0, deviating: 0, instead: new Map() });
  for (const finding of data.findings) {
    const term = data.terms[finding.term];
    // Those pairs are not among the others: they say nothing against the entry.
    if (term?.pairs !== undefined && isForbidden(finding)) term.pairs += 1;
    if (!term || finding.silenced) continue;
    term.findings += 1;
    if (finding.found === undefined) continue;
    term.deviating += 1;
    const key = `${finding.found}\n${data.rules[finding.rule].name}`;
    term.instead.set(key, (term.instead.get(key) ?? 0) + 1);
  }
}

function buildTerms() {
  const query = el("input", {
    type: "search",
    id: "term-query",
    placeholder: "Search terms and renderings",
    autocomplete: "off",
  });
  query.addEventListener("input", () => {
    table.query = fold(query.value.trim());
    showTerms();
  });
  const unseen = data.terms.filter((term) => term.seen === false && !term.findings).length;
  const toggle = el("input", { type: "checkbox", id: "unseen-terms" });
  toggle.addEventListener("change", () => {
    table.unseen = toggle.checked;
    showTerms();
  });
  const head = el("thead", {}, el("tr", {}, COLUMNS.map(columnHead)));
  $("terms").replaceChildren(
    el("h2", { class: "unseen" }, "Terms"),
    el(
      "div",
      { class: "toolbar" },
      el("label", { class: "search" }, el("span", { class: "unseen" }, "Search terms"), query),
      unseen
        ? el(
            "label",
            { class: "value" },
            toggle,
            el("span", { class: "name" }, `Show the ${count(unseen, "term")} that no text has`),
          )
        : null,
      el("p", { class: "shown" }, el("output", { id: "shown-terms" })),
    ),
    el(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of terms" },
      el("table", {}, head, el("tbody", { id: "term-rows" })),
    ),
  );
}

function columnHead(column) {
  if (!column.of && !column.text) return el("th", { scope: "col" }, column.title);
  const button = el("button", { type: "button" }, column.title);
  button.addEventListener("click", () => {
    table.descending = table.sort === column.key ? !table.descending : !column.text && !column.ascending;
    table.sort = column.key;
    showTerms();
  });
  return el(
    "th",
    { scope: "col", "data-column": column.key, class: column.text || column.left ? null : "number" },
    button,
  );
}

function wantedTerms() {
  const found = data.terms.filter(
    (term) =>
      (table.unseen || term.seen !== false || term.findings) &&
      (!table.query ||
        fold(
          `${term.id} ${term.name} ${(term.expected ?? []).join(" ")} ${[...term.instead.keys()].join(" ")}`,
        ).includes(table.query)),
  );
  const { of, text } = COLUMNS.find(({ key }) => key === table.sort);
  const sign = table.descending ? -1 : 1;
  const names = new Intl.Collator();
  return found.sort(
    (a, b) => sign * (text ? names.compare(a.name, b.name) : of(a) - of(b)) || names.compare(a.name, b.name),
  );
}

function showTerms() {
  const found = wantedTerms();
  for (const cell of $("terms").querySelectorAll("th[data-column]")) {
    const sorted = cell.dataset.column === table.sort;
    cell.setAttribute("aria-sort", sorted ? (table.descending ? "descending" : "ascending") : "none");
  }
  $("term-rows").replaceChildren(...found.slice(0, table.most).map(termRow));
  if (found.length > table.most) {
    const more = el("button", { type: "button", class: "link" }, `Show all ${number.format(found.length)}`);
    more.addEventListener("click", () => {
      table.most = Infinity;
      showTerms();
    });
    $("term-rows").append(el("tr", {}, el("td", { colspan: COLUMNS.length }, more)));
  }
  $("shown-terms").textContent = `${number.format(found.length)} of ${count(data.terms.length, "term")}`;
}

function termRow(term) {
  const link = linkTo({ view: "findings", term: new Set([term.id]), at: "" });
  const instead = [...term.instead]
    .sort((a, b) => b[1] - a[1])
    .map(([key, times]) => {
      const [text, rule] = key.split("\n");
      return el("li", {}, el("bdi", {}, text), ` ${number.format(times)}× `, el("small", {}, rule));
    });
  return el(
    "tr",
    { class: term.seen === false ? "not-seen" : null },
    el(
      "th",
      { scope: "row" },
      el("bdi", { lang: data.languages[0] }, term.name),
      el("small", {}, term.origin || term.id),
    ),
    el(
      "td",
      { class: "number" },
      term.findings ? el("a", { href: link }, number.format(term.findings)) : "0",
    ),
    el("td", { class: "number" }, term.seen === false ? "not seen" : number.format(term.pairs ?? 0)),
    el("td", { class: "number" }, term.pairs ? asListed(term) : ""),
    el("td", { class: "instead" }, instead.length ? el("ul", {}, instead) : ""),
    el(
      "td",
      {},
      (term.expected ?? []).map((text) =>
        el("span", { class: "chip" }, el("bdi", { lang: data.languages[1] }, text)),
      ),
    ),
  );
}

// Drawn, since a style attribute would be against the policy of the page.
function bar(share) {
  const draw = (name, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };
  const whole = draw("svg", {
    class: "bar",
    viewBox: "0 0 100 1",
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  whole.append(draw("rect", { width: 100 * share, height: 1 }));
  return whole;
}

function asListed({ pairs, rendered }) {
  return [
    `${number.format(rendered)} `,
    el("small", {}, `${Math.floor((100 * rendered) / pairs)}%`),
    bar(rendered / pairs),
  ];
}
