// Layers of a page: areas, lines, points (clustered), badges; coloured by class, said in words in the popup.
import { FONT, token } from "./map_base.mjs";

const SHAPES = {
  circle: (c, r) => c.arc(0, 0, r, 0, 2 * Math.PI),
  square: (c, r) => c.rect(-r * 0.86, -r * 0.86, r * 1.72, r * 1.72),
  triangle: (c, r) => corners(c, [[0, -r * 1.1], [r * 1.1, r * 0.85], [-r * 1.1, r * 0.85]]),
  diamond: (c, r) => corners(c, [[0, -r * 1.2], [r * 1.1, 0], [0, r * 1.2], [-r * 1.1, 0]]),
  star: (c, r) => corners(c, Array.from({ length: 10 }, (_, i) => {
    const [far, turn] = [i % 2 ? r * 0.55 : r * 1.25, (i * Math.PI) / 5 - Math.PI / 2];
    return [far * Math.cos(turn), far * Math.sin(turn)];
  })),
  cross: (c, r) => {
    const [a, b] = [r * 0.42, r * 1.1];
    corners(c, [[-a, -b], [a, -b], [a, -a], [b, -a], [b, a], [a, a], [a, b], [-a, b], [-a, a], [-b, a], [-b, -a], [-a, -a]]);
  },
};

function corners(context, points) {
  points.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.closePath();
}

/** One symbol of the legend with its halo, 52 × 52. */
export function symbol(shape, colour) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 52;
  const context = canvas.getContext("2d");
  context.translate(26, 26);
  context.lineJoin = "round";
  context.beginPath();
  SHAPES[shape](context, 17);
  context.lineWidth = 7;
  context.strokeStyle = token("halo");
  context.stroke();
  context.fillStyle = colour;
  context.fill();
  return context.getImageData(0, 0, 52, 52);
}

function byClass(layer, of, otherwise) {
  if (!layer.classes.length) return otherwise;
  const pairs = layer.classes.flatMap((one) => [one.value, of(one)]);
  return ["match", ["to-string", ["get", "class"]], ...pairs, otherwise];
}

const colourOf = (layer) => byClass(layer, (one) => token(one.tone), token("still"));
const classOf = (layer, feature) => layer.classes.find((one) => one.value === String(feature.properties.class));

/** Adds one layer; `before` is the first layer of names: areas and lines stay below it. */
export function addLayer(map, layer, data, before) {
  const clusters = layer.cluster ? { cluster: true, clusterRadius: 44, clusterMaxZoom: 15 } : {};
  map.addSource(layer.name, { type: "geojson", data, ...clusters });
  const add = (id, type, more, under) => map.addLayer({ id: `${layer.name}-${id}`, source: layer.name, type, ...more }, under);
  const areas = ["==", ["geometry-type"], "Polygon"];
  if (layer.kind === "area") {
    add("fill", "fill", { filter: areas, paint: { "fill-color": colourOf(layer), "fill-opacity": layer.opacity ?? 0.55 } }, before);
    add("edge", "line", { filter: areas, paint: { "line-color": token("border"), "line-width": 0.8 } }, before);
  }
  if (layer.kind === "line") add("line", "line", { paint: { "line-color": colourOf(layer), "line-width": 3 } }, before);
  if (layer.kind === "area" || layer.kind === "line") {
    add("chosen", "line", { filter: ["==", ["get", "id"], ""], paint: { "line-color": token("ink"), "line-width": 3 } }, before);
  }
  if (layer.kind === "point" || layer.kind === "area") addPoints(map, layer, add);
}

function addPoints(map, layer, add) {
  const classes = layer.classes.length ? layer.classes : [{ value: "", tone: "calm", symbol: "circle" }];
  classes.forEach((one) => {
    const name = `${one.symbol}-${one.tone}`;
    if (!map.hasImage(name)) map.addImage(name, symbol(one.symbol, token(one.tone)), { pixelRatio: 2 });
  });
  const [first] = classes;
  const image = byClass(layer, (one) => `${one.symbol}-${one.tone}`, `${first.symbol}-${first.tone}`);
  const single = ["all", ["==", ["geometry-type"], "Point"], ["!", ["has", "point_count"]]];
  add("point", "symbol", {
    filter: single,
    layout: {
      "icon-image": image, "icon-allow-overlap": true, "text-field": ["step", ["zoom"], "", 11.5, ["get", "name"]], "text-font": FONT,
      "text-size": 12, "text-anchor": "top", "text-offset": [0, 0.9], "text-optional": true, "text-max-width": 9,
    },
    paint: { "text-color": token("ink"), "text-halo-color": token("halo"), "text-halo-width": 1.4 },
  });
  if (!layer.cluster) return;
  const grouped = ["has", "point_count"];
  const radius = ["step", ["get", "point_count"], 15, 10, 19, 50, 24];
  add("group", "circle", { filter: grouped, paint: { "circle-color": token("group"), "circle-radius": radius, "circle-stroke-width": 2, "circle-stroke-color": token("halo") } });
  add("count", "symbol", {
    filter: grouped,
    layout: { "text-field": ["get", "point_count_abbreviated"], "text-font": FONT, "text-size": 13, "text-allow-overlap": true },
    paint: { "text-color": token("on-group") },
  });
}

/** Draws each point of a badge layer as an element: a link, or a button that opens the popup. */
export function addBadges(maplibre, map, figure, layer, data, open) {
  return data.features.filter((one) => one.geometry?.type === "Point").map((feature) => {
    const told = feature.properties;
    const badge = document.createElement(told.link && !layer.movable ? "a" : "button");
    const tone = classOf(layer, feature)?.tone ?? "calm";
    badge.className = `kit-map-badge tone-${tone}`;
    if (told.link && !layer.movable) badge.href = told.link;
    else badge.type = "button";
    const size = told.size ?? 26;
    badge.style.width = badge.style.height = `${size}px`;
    badge.textContent = told.text ?? "";
    const name = document.createElement("span");
    name.className = "kit-map-badge-name";
    name.textContent = told.name ?? "";
    badge.append(name);
    const marker = new maplibre.Marker({ element: badge, draggable: layer.movable }).setLngLat(feature.geometry.coordinates).addTo(map);
    badge.setAttribute("aria-label", [told.text, told.name, told.value, layer.movable ? "方向键移动" : ""].filter(Boolean).join("，"));
    if (layer.movable) movable(map, figure, layer, feature, marker);
    else if (!told.link) badge.addEventListener("click", (event) => (event.stopPropagation(), open(layer, feature)));
    return marker;
  });
}

function movable(map, figure, layer, feature, marker) {
  let waiting = 0;
  const tell = (name) => {
    const { lng, lat } = marker.getLngLat();
    const detail = { layer: layer.name, id: feature.properties.id, lon: lng, lat };
    feature.geometry.coordinates = [lng, lat];
    figure.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  };
  const moved = () => tell("yike:moved");
  marker.on("drag", () => tell("yike:moving"));
  marker.on("dragend", moved);
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  marker.getElement().addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? 1 : 10;
    const at = map.project(marker.getLngLat());
    marker.setLngLat(map.unproject([at.x + step[0] * far, at.y + step[1] * far]));
    clearTimeout(waiting);
    waiting = setTimeout(moved, 400);
  });
}

/** What a popup says: name, layer and class in words, value, the way on. */
export function popupOf(layer, feature, inList) {
  const told = feature.properties;
  const box = document.createElement("div");
  const add = (tag, words, className = "") => {
    if (!words) return null;
    const node = document.createElement(tag);
    node.textContent = words;
    node.className = className;
    box.append(node);
    return node;
  };
  add("strong", told.name ?? layer.label);
  const kind = classOf(layer, feature)?.label;
  add("p", [kind, told.value].filter(Boolean).join("："));
  if (told.link) add("a", told.link_label ?? "看详情").href = told.link;
  if (inList) add("button", "在列表中看", "as-link").addEventListener("click", inList);
  box.className = "kit-map-popup";
  return box;
}
