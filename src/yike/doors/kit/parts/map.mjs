// Draws every map of a page (figure[data-map]) from the data beside it; the list beside a map says the same.
// For others: import { setData, show } from "yike/map". Events at the figure: yike:map, yike:moving, yike:moved, yike:picked.
import { groundLayers, LOCALE, nameLayers, outlineGround, outlineLayers, tianditu } from "./map_base.mjs";
import { addBadges, addLayer, popupOf } from "./map_layers.mjs";
import { pickPoint } from "./map_pick.mjs";
import { addSwarm } from "./map_swarm.mjs";

const drawn = new Map();
const cameras = new Map();
let library;

async function load(base) {
  library ??= await import(new URL("../vendor/maplibre/maplibre-gl.mjs", import.meta.url));
  if (base && !load.tiles) {
    load.tiles = new globalThis.pmtiles.Protocol();
    library.addProtocol("pmtiles", load.tiles.tile);
  }
  return library;
}

async function geojson(data) {
  if (typeof data !== "string") return data;
  const answer = await fetch(data, { headers: { Accept: "application/geo+json, application/json" } });
  if (!answer.ok) throw new Error(`${data}: ${answer.status}`);
  return answer.json();
}

const empty = () => ({ type: "FeatureCollection", features: [] });

function boundsOf(collections) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const take = (at) => {
    if (typeof at[0] !== "number") return at.forEach(take);
    box[0] = Math.min(box[0], at[0]);
    box[1] = Math.min(box[1], at[1]);
    box[2] = Math.max(box[2], at[0]);
    box[3] = Math.max(box[3], at[1]);
  };
  collections.forEach((one) => one.features.forEach((each) => each.geometry && take(each.geometry.coordinates)));
  return Number.isFinite(box[0]) ? box : null;
}

function styleOf(face, outlines) {
  const sources = {};
  if (face.base) sources.base = { type: "vector", url: `pmtiles://${new URL(face.base.tiles, location.href)}` };
  if (outlines) sources.outlines = { type: "geojson", data: outlines };
  const more = face.tianditu ? tianditu(face.tianditu) : { sources: {}, layers: [] };
  const own = outlines ? [...(face.base ? [] : [outlineGround()])] : [];
  const layers = [...groundLayers(face.base), ...own, ...more.layers, ...(outlines ? outlineLayers() : []), ...nameLayers(face.base, outlines && boundsOf([outlines]))];
  return { version: 8, sources: { ...sources, ...more.sources }, layers };
}

function canDraw() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

/** A map in a closed box is drawn when the box is opened. */
const seen = (box) => box.offsetWidth || new Promise((done) => {
  const watch = new ResizeObserver(() => box.offsetWidth && (watch.disconnect(), done()));
  watch.observe(box);
});

async function drawOne(figure) {
  const name = figure.dataset.map;
  const face = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
  const say = (words) => (figure.querySelector("[data-map-told]").textContent = words);
  if (!canDraw()) return;
  const maplibre = await load(face.base);
  const missing = [];
  const got = (what) => what.kind === "swarm" ? empty() : geojson(what.data).catch(() => (missing.push(what.label), empty()));
  const data = new Map(await Promise.all(face.layers.map(async (one) => [one.name, await got(one)])));
  const outlines = face.outlines ? await got({ data: face.outlines, label: "边界" }) : null;
  const bounds = face.bounds ?? boundsOf(data.values()) ?? (outlines && boundsOf([outlines])) ?? face.base?.bounds ?? [73, 18, 135, 54];
  const box = figure.querySelector("[data-map-box]");
  await seen(box);
  box.querySelector("[data-map-without]")?.remove();
  const map = new maplibre.Map({
    container: box, style: styleOf(face, outlines?.features.length ? outlines : null), locale: LOCALE, bounds,
    fitBoundsOptions: { padding: 40, maxZoom: 14 }, maxZoom: 19, attributionControl: false, dragRotate: false, touchPitch: false,
    cooperativeGestures: matchMedia("(pointer: coarse)").matches,
  });
  map.touchZoomRotate.disableRotation();
  const held = { figure, face, map, maplibre, data, markers: new Map(), swarms: new Map(), popup: null, say };
  drawn.set(name, held);
  if (cameras.has(name)) map.jumpTo(cameras.get(name));
  map.on("moveend", () => cameras.set(name, { center: map.getCenter(), zoom: map.getZoom() }));
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl({ maxWidth: 120 }), "bottom-left");
  if (missing.length) say(`${missing.join("、")}没有取到，请看列表。`);
  credits(held);
  await new Promise((done) => map.once("load", done));
  furnish(held);
  map.once("idle", () => (figure.dataset.drawn = "yes"));
  wireList();
  figure.dispatchEvent(new CustomEvent("yike:map", { bubbles: true, detail: { name, map } }));
}

function furnish(held) {
  const { face, map, figure, maplibre, say, data } = held;
  const names = map.getStyle().layers.find((one) => one.type === "symbol")?.id;
  face.layers.forEach((layer) => {
    if (layer.kind === "badge") held.markers.set(layer.name, addBadges(maplibre, map, figure, layer, data.get(layer.name), (...told) => open(held, ...told)));
    else if (layer.kind === "swarm") held.swarms.set(layer.name, addSwarm(map, layer));
    else addLayer(map, layer, data.get(layer.name), names);
    if (!layer.shown) toggle(held, layer, false);
  });
  // Units are named first, beside their own points: below them no town that has a station in its middle would be.
  if (map.getLayer("outline-name")) map.moveLayer("outline-name");
  // A unit that stands on the map with its own name is not named twice.
  const named = face.layers.filter((one) => one.kind !== "area").flatMap((one) => data.get(one.name).features.map((each) => String(each.properties.id)));
  if (map.getLayer("outline-name") && named.length) {
    map.setFilter("outline-name", ["all", map.getFilter("outline-name"), ["!", ["in", ["get", "id"], ["literal", named]]]]);
  }
  presses(held);
  switches(held);
  if (face.pick) pickPoint(maplibre, map, face, figure, say);
}

function presses(held) {
  const { face, map } = held;
  const kinds = { area: ["point", "fill"], line: ["line"], point: ["group", "point"] };
  const [asked, of] = [[], {}];
  face.layers.forEach((layer) => (kinds[layer.kind] ?? []).forEach((end) => {
    const id = `${layer.name}-${end}`;
    if (map.getLayer(id)) asked.push(id), (of[id] = layer);
  }));
  if (!asked.length || face.pick) return;
  map.on("mousemove", (event) => {
    map.getCanvas().style.cursor = map.queryRenderedFeatures(event.point, { layers: asked }).length ? "pointer" : "";
  });
  map.on("click", async (event) => {
    const [hit] = map.queryRenderedFeatures(event.point, { layers: asked });
    if (!hit) return;
    const layer = of[hit.layer.id];
    if (!hit.properties.point_count) return open(held, layer, whole(held, layer, hit.properties.id) ?? hit, event.lngLat);
    const zoom = await map.getSource(layer.name).getClusterExpansionZoom(hit.properties.cluster_id);
    map.easeTo({ center: hit.geometry.coordinates, zoom: zoom + 0.2 });
  });
}

const whole = (held, layer, id) => held.data.get(layer.name).features.find((one) => String(one.properties.id) === String(id));
const rowOf = (id) => [...document.querySelectorAll("[data-map-item]")].find((one) => one.dataset.mapItem === String(id));

function open(held, layer, feature, at) {
  const { map, maplibre } = held;
  const { id } = feature.properties;
  const row = rowOf(id);
  const box = boundsOf([{ features: [feature] }]);
  const where = feature.geometry.type === "Point" ? feature.geometry.coordinates : at ?? [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  held.popup?.remove();
  const toList = row && (() => (held.popup.remove(), row.querySelector(".kit-map-go, a, button")?.focus(), row.scrollIntoView({ block: "center" })));
  held.popup = new maplibre.Popup({ maxWidth: "260px", offset: feature.geometry.type === "Point" ? 14 : 0 })
    .setLngLat(where).setDOMContent(popupOf(layer, feature, toList)).addTo(map);
  choose(held, id);
  held.popup.on("close", () => choose(held, ""));
}

function choose(held, id) {
  held.face.layers.forEach(({ name }) => {
    if (held.map.getLayer(`${name}-chosen`)) held.map.setFilter(`${name}-chosen`, ["==", ["to-string", ["get", "id"]], String(id)]);
  });
  document.querySelectorAll("[data-map-item]").forEach((row) => row.classList.toggle("kit-map-chosen", id !== "" && row.dataset.mapItem === String(id)));
}

function toggle(held, layer, on) {
  const { map, markers } = held;
  held.swarms.get(layer.name)?.show(on);
  map.getStyle().layers.filter((one) => one.source === layer.name).forEach((one) => map.setLayoutProperty(one.id, "visibility", on ? "visible" : "none"));
  markers.get(layer.name)?.forEach((marker) => (marker.getElement().hidden = !on));
}

function switches(held) {
  const { face, map, figure } = held;
  const box = figure.querySelector("[data-map-tools]");
  const offer = (words, on, deed) => {
    const label = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "checkbox", checked: on, className: "form-check-input" });
    input.addEventListener("change", () => deed(input.checked));
    label.append(input, words);
    box.append(label);
  };
  if (face.layers.length > 1) face.layers.forEach((layer) => offer(layer.label, layer.shown, (on) => toggle(held, layer, on)));
  if (face.tianditu) offer("天地图底图", false, (on) => ["tianditu-vec", "tianditu-cva"].forEach((id) => map.setLayoutProperty(id, "visibility", on ? "visible" : "none")));
}

function credits({ face, figure }) {
  const words = [face.base?.credit, face.tianditu && "底图可切换为天地图"].filter(Boolean);
  figure.querySelector("[data-map-credit]").textContent = words.length ? `。${words.join("；")}` : "";
}

/** Replaces the data of a layer, on the named map or on each that has it. */
export function setData(layer, data, name) {
  drawn.forEach((held, key) => {
    const told = held.face.layers.find((one) => one.name === layer);
    if (!told || (name && name !== key)) return;
    if (told.kind === "swarm") return void ((told.data = data), held.swarms.get(layer)?.set(data));
    held.data.set(layer, data);
    held.map.getSource(layer)?.setData(data);
    if (told.kind !== "badge") return;
    held.markers.get(layer)?.forEach((marker) => marker.remove());
    held.markers.set(layer, addBadges(held.maplibre, held.map, held.figure, told, data, (...one) => open(held, ...one)));
  });
}

/** Flies to an item by its id and opens what it says; false where no map has it. */
export function show(id, name) {
  for (const [key, held] of drawn) {
    if (name && name !== key) continue;
    for (const layer of held.face.layers) {
      const feature = whole(held, layer, id);
      if (!feature) continue;
      if (feature.geometry.type === "Point") held.map.flyTo({ center: feature.geometry.coordinates, zoom: Math.max(held.map.getZoom(), 14) });
      else held.map.fitBounds(boundsOf([{ features: [feature] }]), { padding: 60, maxZoom: 14 });
      open(held, layer, feature);
      return true;
    }
  }
  return false;
}

const PIN = "M8 1a5 5 0 0 0-5 5c0 3.6 5 9 5 9s5-5.4 5-9a5 5 0 0 0-5-5Zm0 7a2 2 0 1 1 0-4 2 2 0 0 1 0 4Z";

function wireList() {
  document.querySelectorAll("[data-map-item]").forEach((row) => {
    if (row.querySelector(".kit-map-go")) return;
    const button = document.createElement("button");
    const title = row.dataset.mapName ?? row.querySelector("th, td, a")?.textContent.trim() ?? "";
    Object.assign(button, { type: "button", className: "kit-map-go" });
    button.setAttribute("aria-label", `在地图上看${title}`);
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 16 16");
    path.setAttribute("d", PIN);
    svg.append(path);
    button.append(svg);
    button.addEventListener("click", () => {
      if (show(row.dataset.mapItem, row.dataset.mapOf)) document.querySelector("figure[data-map]").scrollIntoView({ block: "nearest" });
    });
    (row.querySelector("[data-map-go]") ?? row.querySelector("th, td") ?? row).append(button);
  });
}

/** Draws the maps that are new on the page, and lets go of those that left it. */
export async function draw() {
  drawn.forEach((held, name) => {
    if (held.figure.isConnected) return;
    held.map.remove();
    drawn.delete(name);
  });
  const figures = [...document.querySelectorAll("figure[data-map]")].filter((one) => !one.dataset.begun);
  figures.forEach((one) => (one.dataset.begun = "yes"));
  await Promise.allSettled(figures.map(drawOne));
}

function redraw() {
  drawn.forEach((held) => {
    held.map.remove();
    delete held.figure.dataset.begun;
    held.figure.querySelector("[data-map-tools]").replaceChildren();
  });
  drawn.clear();
  draw();
}

draw();
document.addEventListener("htmx:after:swap", draw);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
