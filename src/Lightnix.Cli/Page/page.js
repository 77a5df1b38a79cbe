// The script of the page that lightnix report writes: tables, drawing and plots. The page is complete without it, except for these two.
import { expressionInterpreter } from "vega-interpreter";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { View, parse } from "vega";
import { compile } from "vega-lite";
import "sortable-tablesort";
import { configuration } from "./plots.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const dataOf = (id) => JSON.parse(document.getElementById(id).textContent);

/** Rows that hold all words of the filter stay. */
function filter(input) {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = [...document.getElementById(input.dataset.table).tBodies[0].rows];
  const hidden = rows.filter((row) => {
    const text = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
    return row.hidden;
  });
  const shown = rows.length - hidden.length;
  input.closest(".filter").querySelector("output").value = words.length ? `${shown} of ${rows.length} rows` : `${rows.length} rows`;
}

/** What a link leads to may be closed. */
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let at = target; at; at = at.parentElement) {
    if (at.localName === "details") at.open = true;
  }
  if (target?.hidden) {
    for (const input of document.querySelectorAll(".filter input")) {
      input.value = "";
      filter(input);
    }
  }
  target?.scrollIntoView();
}

/** Draws a plot with the colours of light or dark. */
function plot(place, isDark = dark.matches) {
  const config = configuration(isDark);
  const { spec } = compile(dataOf(`${place.id}-data`), { config });
  place.replaceChildren();
  place.view?.finalize();
  place.view = new View(parse(spec, null, { ast: true }), { expr: expressionInterpreter, renderer: "svg", container: place, hover: true });
  place.view.run();
}

const engine = { graphviz: null, opened: new Set(), isDrawn: false };

/** Lays the graph out and shows it. */
function draw() {
  const place = document.getElementById("drawing");
  const graph = dataOf("graph-data");
  const nodes = graph.nodes.map((node) => (engine.opened.has(node.id) ? node.opened : node.closed));
  const text = engine.graphviz.layout(`${graph.head}${nodes.join("")}${graph.edges}}`, "svg", "dot");
  const svg = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
  svg.removeAttribute("height");
  svg.style.width = `${parseFloat(svg.getAttribute("width"))}pt`;
  svg.removeAttribute("width");
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  for (const group of svg.querySelectorAll("g.node")) {
    const node = byId.get(group.querySelector("title").textContent);
    group.querySelector("title").remove();
    connect(group, node);
  }
  for (const title of svg.querySelectorAll("title")) title.remove();
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", "Stages and what they read");
  place.replaceChildren(svg);
  if (!engine.isDrawn) show(place, svg.querySelector("g.node"));
  engine.isDrawn = true;
}

/** Of a large drawing, the first box is seen first. */
function show(place, box) {
  const [outer, inner] = [place.getBoundingClientRect(), box.getBoundingClientRect()];
  place.scrollBy(inner.left - outer.left - 8, inner.top - outer.top - outer.height / 2);
}

/** A box of a matrix opens and closes it; another one leads to its stage. */
function connect(group, node) {
  if (node.opened && engine.opened.has(node.id)) {
    return;
  }
  const act = () => (node.opened ? toggle(node.id) : (location.hash = `#${node.anchor}`));
  group.setAttribute("tabindex", "0");
  group.setAttribute("role", node.opened ? "button" : "link");
  group.setAttribute("aria-label", [...group.querySelectorAll("text")].map((text) => text.textContent).join(", "));
  group.addEventListener("click", act);
  group.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || (event.key === " " && node.opened)) {
      event.preventDefault();
      act();
    }
  });
}

function toggle(id) {
  if (!engine.opened.delete(id)) engine.opened.add(id);
  const button = document.querySelector(`button[data-node="${id}"]`);
  button.setAttribute("aria-expanded", String(engine.opened.has(id)));
  draw();
  if (document.activeElement === document.body) button.focus();
}

/** Runs once, when the element comes into view. */
function whenSeen(element, run) {
  const observer = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) {
      observer.disconnect();
      run();
    }
  }, { rootMargin: "200px" });
  observer.observe(element);
}

for (const input of document.querySelectorAll(".filter input")) input.addEventListener("input", () => filter(input));
for (const button of document.querySelectorAll("button[data-node]")) button.addEventListener("click", () => toggle(button.dataset.node));
const plots = [...document.querySelectorAll(".plot")];
for (const place of plots) whenSeen(place, () => plot(place));
const loaded = new Promise((done) => whenSeen(document.getElementById("drawing"), done));
loaded.then(() => Graphviz.load()).then((graphviz) => {
  engine.graphviz = graphviz;
  draw();
});
dark.addEventListener("change", () => plots.filter((place) => place.view).forEach((place) => plot(place)));
addEventListener("hashchange", reveal);
if (location.hash) reveal();

let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("main details:not([open])")].filter((details) => !details.closest("#logs"));
  for (const details of closed) details.open = true;
  for (const place of plots) plot(place, false);
});
addEventListener("afterprint", () => {
  for (const details of closed) details.open = false;
  for (const place of plots) plot(place);
});
