// Puts the page together: reads the data, shows what the address asks for, and follows what people do.

const data = JSON.parse($("data").textContent);
const ruleNames = new Map(data.rules.map(({ code, name }) => [code, name]));
const termsById = new Map(data.terms.map((term) => [term.id, term]));
const THEMES = ["system", "light", "dark"];

prepareFindings();
prepareTerms();
const facets = buildFacets(change);

// What is found is shown from its beginning.
function change() {
  refresh();
  writeState();
  const results = document.querySelector(".results");
  if (results.getBoundingClientRect().top < 0) results.scrollIntoView();
}

// After a change of filters: the current finding stays current if it is still shown.
function refresh() {
  const { shown, counts } = filtered();
  for (const facet of facets) facet.update(counts[facet.name]);
  showList(shown);
  const all = state.silenced ? data.findings.length : reported;
  const text =
    shown.length === all
      ? count(all, "finding")
      : `${number.format(shown.length)} of ${count(all, "finding")}`;
  if ($("shown").textContent !== text) $("shown").textContent = text;
  const chosen = FACETS.reduce((sum, facet) => sum + state[facet].size, 0);
  $("chosen").textContent = chosen ? `(${chosen})` : "";
  $("clear").hidden = !isFiltered();
  highlight();
  showWhere();
}

const reported = data.findings.filter((finding) => !finding.silenced).length;

function show() {
  if (!document.querySelector(`nav [data-view=${state.view}]`)) state.view = "findings";
  for (const view of VIEWS) $(view).hidden = view !== state.view;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.dataset.view === state.view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    link.href = linkTo({ view: link.dataset.view });
  }
  $("query").value = state.query;
  $("sort").value = state.sort;
  if ($("silenced")) $("silenced").checked = state.silenced;
  refresh();
  if (state.view === "terms" && data.terms.length) showTerms();
  if (state.view === "rules" && state.open) openRule(state.open);
  if (state.view === "findings" && state.at) select(state.at);
}

function openRule(code) {
  const rule = [...document.querySelectorAll("details.rule")].find(({ id }) => id === code);
  if (!rule) return;
  rule.open = true;
  rule.querySelector("summary").focus({ preventScroll: true });
  rule.scrollIntoView({ block: "start" });
}

function clearFilters({ all }) {
  state.query = "";
  if (all) for (const facet of FACETS) state[facet].clear();
  $("query").value = "";
  change();
  say("Cleared");
}

function useTheme(theme) {
  document.documentElement.dataset.theme = theme;
  $("theme").textContent = { system: "◐ System", light: "○ Light", dark: "● Dark" }[theme];
  $("theme").setAttribute("aria-label", `Theme: ${theme}`);
  $("theme").title = "Change the theme (t)";
}

function nextTheme() {
  const theme = THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length];
  useTheme(theme);
  kept.set("theme", theme);
  say(`Theme: ${theme}`);
}

// The file that the list has been scrolled to, for its heading may be far above.
function showWhere() {
  const strip = document.querySelector(".where");
  const { left, bottom, width } = strip.getBoundingClientRect();
  const under = document
    .elementsFromPoint(left + width / 2, bottom + 4)
    .find((node) => node.closest?.(".card, .group"));
  const node = under?.closest(".card, .group");
  const group = node && (node.matches(".group") ? null : data.files[Number(node.dataset.key.split(":")[0])]);
  strip.replaceChildren(...(group && state.sort === "path" ? [el("span", {}, shortPath(group))] : []));
}

// A link out of a finding knows what is shown at that moment; who comes back finds the finding again.
function follow(link) {
  const { id } = link.closest("li").dataset;
  const finding = data.findings.find((one) => one.id === id);
  select(id, { focus: false });
  link.href = link.matches(".rule") ? ruleLink(finding) : termsLink(finding);
}

function listenToList() {
  const box = $("list");
  box.addEventListener("click", ({ target }) => {
    const node = target.closest("button, a, mark, li.finding");
    if (node?.matches(".copy")) copy(node.dataset.copy, node);
    else if (node?.matches(".gap")) expand(node.closest(".card").dataset.key);
    else if (node?.matches("a")) follow(node);
    else if (node?.matches("mark")) jump(node);
    else if (node && getSelection().isCollapsed) select(node.dataset.id);
  });
  for (const kind of ["mouseover", "focusin"]) {
    box.addEventListener(kind, ({ target }) => {
      const node = target.closest("[data-of]");
      if (node) light(node.closest(".card"), idsOf(node));
    });
  }
  box.addEventListener("mouseleave", () => light(rowOf(state.at)?.closest(".card"), [state.at]));
}

function listen() {
  let timer = 0;
  $("query").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        state.query = $("query").value;
        change();
      },
      data.findings.length > 2000 ? 120 : 0,
    );
  });
  $("sort").addEventListener("change", () => {
    state.sort = $("sort").value;
    change();
  });
  $("clear").addEventListener("click", () => {
    clearFilters({ all: true });
    $("query").focus();
  });
  $("theme").addEventListener("click", nextTheme);
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    $("main").focus();
  });
  addEventListener("hashchange", () => {
    readState(location.hash);
    show();
  });
  addEventListener("scroll", () => requestAnimationFrame(showWhere), { passive: true });
  addEventListener("beforeprint", () => {
    printing = true;
    list.pages.forEach(fill);
  });
  addEventListener("afterprint", () => {
    printing = false;
  });
  listenToList();
  listenToKeys();
}

useTheme(THEMES.includes(kept.get("theme")) ? kept.get("theme") : "system");
for (const node of document.querySelectorAll("nav, .tools, .columns")) node.hidden = false;
document.querySelector(".filters").open = matchMedia("(min-width: 60rem)").matches;
if (data.terms.length) buildTerms();
else document.querySelector("nav [data-view=terms]").remove();
if (!document.querySelector("details.rule")) document.querySelector("nav [data-view=rules]").remove();
readState(location.hash);
show();
listen();
