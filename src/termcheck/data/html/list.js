// The list of findings. Thousands of cards would take seconds to draw: they stand in pages, which are filled
// when they come near and emptied when they are far, and keep their height meanwhile.

const PER_PAGE = 20;
const NEAR = "1500px 0px";
const HEIGHTS = { heading: 60, card: 330 };

const list = { shown: [], pages: [], pageOf: new Map() };

const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) fill(target.page);
      else if (!printing) empty(target.page);
    }
  },
  { rootMargin: NEAR },
);

let printing = false;

// What is drawn: a heading for each file or severity, and a card for each paragraph.
function items(shown) {
  const found = [];
  let group = null;
  let last = null;
  for (const finding of shown) {
    const title = state.sort === "path" ? finding.values.file : finding.severity;
    if (group?.title !== title) {
      group = { title, findings: 0, paragraphs: 0 };
      found.push({ group });
      last = null;
    }
    group.findings += 1;
    const paragraph = paragraphOf(finding);
    if (last?.paragraph === paragraph) last.findings.push(finding);
    else found.push((last = { findings: [finding], paragraph }));
  }
  return found;
}

function showList(shown) {
  list.shown = shown;
  list.pages = [];
  list.pageOf = new Map();
  observer.disconnect();
  const drawn = items(shown);
  for (let at = 0; at < drawn.length; at += PER_PAGE) addPage(drawn.slice(at, at + PER_PAGE));
  $("list").replaceChildren(...list.pages.map(({ node }) => node));
  if (!shown.length) $("list").append(el("p", { class: "lack" }, lack()));
  if (list.pages.length) fill(list.pages[0]);
  for (const { node } of list.pages) observer.observe(node);
}

function addPage(drawn) {
  const page = { drawn, node: el("div", { class: "page" }), filled: false };
  page.node.page = page;
  page.node.style.height = `${drawn.reduce((sum, { group }) => sum + (group ? HEIGHTS.heading : HEIGHTS.card), 0)}px`;
  for (const { findings = [] } of drawn) for (const finding of findings) list.pageOf.set(finding.id, page);
  list.pages.push(page);
}

function lack() {
  if (isFiltered()) return "No finding passes these filters.";
  const silenced = data.findings.length;
  return silenced
    ? `Nothing is reported; ${count(silenced, "finding")} ${silenced === 1 ? "is" : "are"} silenced.`
    : "There is no finding to show.";
}

function fill(page) {
  if (page.filled) return;
  page.filled = true;
  page.node.replaceChildren(
    ...page.drawn.map((item) =>
      item.group ? groupHeading(item.group) : card(item.findings, { named: state.sort === "path" }),
    ),
  );
  page.node.style.height = "";
  highlight();
}

// Not while somebody is in there with the keyboard or has selected something.
function empty(page) {
  const { node } = page;
  if (!page.filled || node.contains(document.activeElement) || getSelection()?.containsNode(node, true))
    return;
  node.style.height = `${node.offsetHeight}px`;
  node.replaceChildren();
  page.filled = false;
}

function groupHeading({ title, findings }) {
  const name = state.sort === "path" ? shortPath(title) : el("span", { class: `base ${title}` }, `${title}s`);
  return el(
    "h2",
    { class: "group", "data-group": title },
    el("span", { class: "title" }, name),
    " ",
    el("small", {}, number.format(findings)),
  );
}

const rowOf = (id) => [...$("list").querySelectorAll("li.finding")].find((node) => node.dataset.id === id);

// Make a finding the current one: it can be reached by Tab, its marks too, and it is named in the address.
function select(id, { focus = true } = {}) {
  const page = list.pageOf.get(id);
  if (!page) return null;
  for (const node of $("list").querySelectorAll("[aria-current], mark[tabindex='0']")) {
    node.removeAttribute("aria-current");
    node.tabIndex = -1;
  }
  state.at = id;
  fill(page);
  const node = rowOf(id);
  node.setAttribute("aria-current", "true");
  node.tabIndex = 0;
  for (const mark of marksOf(node.closest(".card"), [id])) mark.tabIndex = 0;
  light(node.closest(".card"), [id]);
  if (focus) {
    node.focus({ preventScroll: true });
    const shown = node.closest(".card");
    if (shown.offsetHeight < innerHeight - 160) shown.scrollIntoView({ block: "nearest" });
    else node.scrollIntoView({ block: "start" });
  }
  writeState();
  return node;
}

function step(by) {
  const at = list.shown.findIndex(({ id }) => id === state.at);
  const to = at < 0 ? (by > 0 ? 0 : list.shown.length - 1) : at + by;
  if (list.shown[to]) select(list.shown[to].id);
  else say(by > 0 ? "This is the last finding" : "This is the first finding");
}

const idsOf = (node) => node.dataset.of.split(" ");
const marksOf = (from, ids) =>
  [...from.querySelectorAll("mark")].filter((mark) => idsOf(mark).some((id) => ids.includes(id)));

// A term and its rendering light up together, and what is said of them.
function light(from, ids) {
  for (const node of $("list").querySelectorAll(".lit")) node.classList.remove("lit");
  for (const node of from?.querySelectorAll("[data-of]") ?? []) {
    if (idsOf(node).some((id) => ids.includes(id))) node.classList.add("lit");
  }
}

// From a mark to its counterpart on the other side; to the finding if there is none.
function jump(mark) {
  const ids = idsOf(mark);
  const id = ids.includes(state.at) ? state.at : ids[0];
  const side = mark.closest(".side").dataset.side;
  const node = select(id, { focus: false });
  const others = marksOf(node.closest(".card"), [id]);
  const other = others.find((one) => one.closest(".side").dataset.side !== side) ?? node;
  other.focus({ preventScroll: true });
  other.scrollIntoView({ block: "nearest" });
}

function expand(key) {
  expanded.add(key);
  const node = [...$("list").querySelectorAll(".card")].find((one) => one.dataset.key === key);
  const { page } = node.closest(".page");
  const { findings } = page.drawn.find((item) => item.paragraph === key);
  const whole = card(findings, { named: state.sort === "path" });
  node.replaceWith(whole);
  whole.querySelector("li").focus({ preventScroll: true });
  highlight();
}

// Marks the words of the search without touching the document, where the browser can.
function highlight() {
  if (!globalThis.Highlight || !CSS.highlights) return;
  CSS.highlights.delete("search");
  const words = wordsOf(state.query.toLowerCase().replace(/[“”]/g, '"'));
  if (!words.length) return;
  const ranges = [];
  for (const node of $("list").querySelectorAll(".text, .message")) {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) ranges.push(...rangesIn(walker.currentNode, words));
  }
  CSS.highlights.set("search", new Highlight(...ranges));
}

function* rangesIn(node, words) {
  const text = node.data.toLowerCase();
  if (text.length !== node.data.length) return;
  for (const word of words) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + word.length);
      yield range;
    }
  }
}
