// Which findings are shown, and how many there would be for each value of each facet.

const RANKS = { error: 0, warning: 1, info: 2 };

// The value a finding has for a facet; undefined if it has none.
const VALUES = {
  severity: (finding) => finding.severity,
  rule: (finding) => data.rules[finding.rule].code,
  fix: (finding) => finding.fix?.applicability,
  confidence: (finding) => finding.confidence,
  term: (finding) => data.terms[finding.term]?.id,
  file: (finding) => data.files[finding.places[0].file],
};

// Case, width, accents and the forms of quotes make no difference to a search.
function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .toLowerCase();
}

const foldedTexts = [];
const foldedText = (index) => (foldedTexts[index] ??= fold(data.texts[index].text));

// What a search looks at of a finding, apart from the paragraphs, which many findings share.
function folded(finding) {
  if (finding.folded === undefined) {
    const rule = data.rules[finding.rule];
    const term = data.terms[finding.term];
    finding.folded = fold(
      [
        finding.message,
        rule.code,
        rule.name,
        place(finding),
        finding.found ?? "",
        ...(finding.expected ?? []),
        term ? `${term.id} ${term.name}` : "",
      ].join("\n"),
    );
  }
  return finding.folded;
}

// The words of a query; those in quotes stay together.
const wordsOf = (query) => [...query.matchAll(/"([^"]+)"?|[^\s"]+/g)].map(([word, phrase]) => phrase ?? word);

// Whether all words of the query stand in a finding or in its paragraphs.
function matcher(query) {
  const words = wordsOf(fold(query));
  if (!words.length) return () => true;
  const known = words.map(() => new Map());
  const inText = (word, index) => {
    const seen = known[word];
    if (!seen.has(index)) seen.set(index, foldedText(index).includes(words[word]));
    return seen.get(index);
  };
  return (finding) =>
    words.every(
      (word, at) =>
        folded(finding).includes(word) ||
        finding.places.some(({ texts }) => texts.some((index) => inText(at, index))),
    );
}

// A finding counts for a facet's value if all the other facets let it through.
function filtered() {
  const matches = matcher(state.query);
  const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map()]));
  const add = (facet, value) => counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
  const shown = [];
  for (const finding of data.findings) {
    if ((finding.silenced && !state.silenced) || !matches(finding)) continue;
    const failed = FACETS.filter((facet) => state[facet].size && !state[facet].has(finding.values[facet]));
    if (failed.length > 1) continue;
    if (!failed.length) shown.push(finding);
    for (const facet of failed.length ? failed : FACETS) {
      if (finding.values[facet] !== undefined) add(facet, finding.values[facet]);
    }
  }
  if (state.sort === "severity")
    shown.sort((a, b) => RANKS[a.severity] - RANKS[b.severity] || a.order - b.order);
  return { shown, counts };
}

function prepareFindings() {
  data.findings.forEach((finding, order) => {
    finding.order = order;
    finding.values = Object.fromEntries(FACETS.map((facet) => [facet, VALUES[facet](finding)]));
  });
}
