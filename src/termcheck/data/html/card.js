// One card: what is found in a paragraph, and the paragraph beside its counterpart with the words marked.

// How much of a long text is shown, and how much of that around each mark; Han says more in less.
const ROOM = { dense: { whole: 240, around: 80 }, wide: { whole: 520, around: 170 } };
const DENSE = /^(zh|ja|ko|yue)\b/i;
const WORDS = {
  comment: "suppressed by a comment",
  glossary: "suppressed by the glossary",
  baseline: "in the baseline",
};

const expanded = new Set();

const place = (finding) => {
  const { file, line, column, place } = finding.places[0];
  return place ? `${data.files[file]} ${place}` : `${data.files[file]}:${line}:${column}`;
};

// Findings on one paragraph that follow one another share a card.
const paragraphOf = ({ places: [first] }) => `${first.file}:${first.first}:${first.texts[0] ?? ""}`;

const lineOf = ({ place, first }) => place ?? `line ${first}`;

function card(findings, { named }) {
  const key = paragraphOf(findings[0]);
  const sides = ["source", "target"].map((side) => sideOf(findings, side, key)).filter(Boolean);
  return el(
    "article",
    {
      class: "card",
      "aria-label": `${data.files[findings[0].places[0].file]}, ${lineOf(findings[0].places[0])}`,
      "data-key": key,
    },
    named ? null : el("p", { class: "path" }, data.files[findings[0].places[0].file]),
    el("ul", { class: "found" }, findings.map(row)),
    sides.length ? el("div", { class: `texts ${sides.length === 1 ? "alone" : ""}` }, sides) : null,
  );
}

function row(finding) {
  const rule = data.rules[finding.rule];
  const { line, column: at } = finding.places[0];
  const current = finding.id === state.at;
  return el(
    "li",
    {
      class: `finding ${finding.severity}`,
      "data-id": finding.id,
      "data-silenced": Boolean(finding.silenced),
      "data-of": finding.id,
      tabindex: current ? 0 : -1,
      "aria-current": current && "true",
    },
    el(
      "p",
      { class: "said" },
      el("span", { class: "severity" }, finding.severity),
      " ",
      el("span", { class: "message" }, finding.message),
    ),
    el(
      "p",
      { class: "facts" },
      el(
        "a",
        { class: "rule", href: ruleLink(finding), title: "What this rule is about" },
        el("code", {}, rule.code),
        ` ${rule.name}`,
      ),
      el(
        "button",
        {
          type: "button",
          class: "copy",
          "data-copy": place(finding),
          title: `Copy ${place(finding)}`,
          "aria-label": `Copy ${place(finding)}`,
        },
        `${line}:${at}`,
      ),
      termLink(finding),
    ),
    fix(finding),
    expectations(finding),
    doubts(finding),
    silence(finding),
  );
}

const ruleLink = (finding) => linkTo({ view: "rules", open: data.rules[finding.rule].code });
const termsLink = (finding) =>
  linkTo({ view: "findings", term: new Set([data.terms[finding.term].id]), at: finding.id });

function termLink(finding) {
  const term = data.terms[finding.term];
  if (!term) return null;
  const title = `All findings on ${term.id}${finding.origin ? `; ${finding.origin}` : ""}`;
  return el(
    "a",
    { class: "term", href: termsLink(finding), title },
    el("bdi", { lang: data.languages[0] }, term.name),
  );
}

const fact = (name, ...content) =>
  el("p", { class: "fact" }, el("span", {}, `${name} `), el("span", {}, ...content));

function expectations(finding) {
  const { expected = [] } = finding;
  if (!expected.length) return null;
  const shown = expected
    .slice(0, 12)
    .flatMap((text) => [
      el(
        "button",
        { type: "button", class: "chip copy", "data-copy": text, title: "Copy" },
        el("bdi", { lang: data.languages[1] }, text),
      ),
      " ",
    ]);
  return fact("Expected", ...shown, expected.length > 12 ? `and ${expected.length - 12} more` : "");
}

function fix(finding) {
  if (!finding.fix) return null;
  const edits = finding.fix.edits.flatMap(({ before, after }, index) => [
    index ? ", " : "",
    before ? el("del", {}, before) : "",
    before && after ? el("span", { class: "becomes", "aria-label": "becomes" }, " → ") : "",
    after ? el("ins", {}, after) : "",
  ]);
  return fact(finding.fix.applicability === "safe" ? "Safe fix" : "Unsafe fix", ...edits);
}

function doubts(finding) {
  if (!finding.confidence) return null;
  const reasons = (finding.reasons ?? []).join("; ");
  return fact(
    "Confidence",
    el("span", { class: `confidence ${finding.confidence}` }, finding.confidence),
    reasons ? `: ${reasons}` : "",
  );
}

function silence(finding) {
  if (!finding.silenced) return null;
  const { by, reason } = finding.silenced;
  return fact("Silenced", `${WORDS[by]}${reason ? `: ${reason}` : ""}`);
}

// One side: the texts of all its findings, with what each of them marks.
function sideOf(findings, side, key) {
  const marks = new Map();
  let first = null;
  for (const finding of findings) {
    for (const at of finding.places) {
      if (at.side !== side) continue;
      first ??= at;
      for (const text of at.texts) if (!marks.has(text)) marks.set(text, []);
      for (const [text, start, end] of at.marks) marks.get(text).push({ start, end, finding });
    }
  }
  if (!marks.size) return null;
  const { lang, dir } = data.texts[marks.keys().next().value];
  const otherFile = first.file === findings[0].places[0].file ? "" : `${data.files[first.file]}${first.place ? " " : ":"}`;
  return el(
    "div",
    { class: `side ${side}`, "data-side": side },
    el(
      "p",
      { class: "label" },
      lang ? el("span", { class: "lang" }, lang) : null,
      `${otherFile}${lang || otherFile ? (first.place ?? first.first) : lineOf(first)}`,
    ),
    [...marks].map(([text, found]) =>
      el(
        "p",
        { class: `text ${lang ? "" : "code"}`, lang: lang || null, dir },
        windowed(data.texts[text], found, key),
      ),
    ),
  );
}

// The text with its marks; of a long one only what is around them, and a button for the rest.
function windowed({ text, lang }, marks, key) {
  const { whole, around } = ROOM[DENSE.test(lang) ? "dense" : "wide"];
  if (text.length <= whole || expanded.has(key)) return marked(text, marks, 0, text.length);
  const wanted = marks.length
    ? marks.map(({ start, end }) => [start - around, end + around])
    : [[0, whole * 0.6]];
  const parts = [];
  let shown = 0;
  for (const [start, end] of joined(wanted, text)) {
    if (start > shown) parts.push(gap(start - shown));
    parts.push(...marked(text, marks, start, end));
    shown = end;
  }
  if (shown < text.length) parts.push(gap(text.length - shown));
  return parts;
}

function gap(size) {
  const label = `Show ${count(size, "more character")}`;
  return el("button", { type: "button", class: "gap", title: label, "aria-label": label }, "…");
}

// Ranges in order, cut at words, those that nearly meet joined.
function joined(ranges, text) {
  const found = [];
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0])) {
    const start = wordEdge(text, Math.max(0, Math.floor(from)), -1);
    const end = wordEdge(text, Math.min(text.length, Math.ceil(to)), 1);
    const last = found.at(-1);
    if (last && start - last[1] < 40) last[1] = Math.max(last[1], end);
    else found.push([start, end]);
  }
  const tail = found.at(-1);
  if (text.length - tail[1] < 40) tail[1] = text.length;
  if (found[0][0] < 40) found[0][0] = 0;
  return found;
}

function wordEdge(text, at, by) {
  for (let moved = 0; moved < 20 && at > 0 && at < text.length; moved += 1, at += by) {
    if (/\s/.test(text[by < 0 ? at - 1 : at])) return at;
  }
  return /[\udc00-\udfff]/.test(text[at] ?? "") ? at - 1 : at;
}

// The text from `start` to `end` as nodes; marks that overlap are cut where they meet.
function marked(text, marks, start, end) {
  const edges = new Set([start, end]);
  for (const mark of marks)
    for (const edge of [mark.start, mark.end]) if (edge > start && edge < end) edges.add(edge);
  const cuts = [...edges].sort((a, b) => a - b);
  return cuts.slice(1).map((to, index) => {
    const from = cuts[index];
    const over = marks.filter((mark) => mark.start < to && mark.end > from).map(({ finding }) => finding);
    const words = text.slice(from, to);
    if (!over.length) return words;
    const worst = over.reduce((a, b) => (RANKS[b.severity] < RANKS[a.severity] ? b : a));
    const current = over.some(({ id }) => id === state.at);
    return el(
      "mark",
      {
        class: worst.severity,
        "data-of": over.map(({ id }) => id).join(" "),
        tabindex: current ? 0 : -1,
        title: over.map(({ message }) => message).join("\n"),
      },
      words,
    );
  });
}
