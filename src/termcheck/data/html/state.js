// What is shown, and its copy in the address: a link to the page with its hash shows the same again.

const FACETS = ["severity", "rule", "fix", "confidence", "term", "file"];
const VIEWS = ["findings", "terms", "rules"];

const state = {};

function readState(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  for (const facet of FACETS) state[facet] = new Set(given.getAll(facet));
  state.view = VIEWS.includes(given.get("view")) ? given.get("view") : "findings";
  state.query = given.get("q") ?? "";
  state.sort = given.get("sort") === "severity" ? "severity" : "path";
  state.silenced = given.get("silenced") === "1";
  state.at = given.get("at") ?? "";
  state.open = given.get("open") ?? "";
}

function stateHash(of = state) {
  const said = new URLSearchParams();
  if (of.view !== "findings") said.set("view", of.view);
  if (of.query) said.set("q", of.query);
  for (const facet of FACETS) for (const value of of[facet]) said.append(facet, value);
  if (of.sort !== "path") said.set("sort", of.sort);
  if (of.silenced) said.set("silenced", "1");
  if (of.at) said.set("at", of.at);
  if (of.open) said.set("open", of.open);
  return `#${said}`;
}

// Typing and moving about do not fill the history; links to other views do.
function writeState() {
  const hash = stateHash();
  if (hash === location.hash || (hash === "#" && !location.hash)) return;
  const url = hash === "#" ? location.pathname + location.search : hash;
  history.replaceState(null, "", url);
}

// A link to another view, or to a part of this one, that keeps what is filtered.
const linkTo = (changes) => stateHash({ ...state, open: "", ...changes });

const isFiltered = () => state.query.trim() !== "" || FACETS.some((facet) => state[facet].size > 0);
