// The ground of every map: colours from our tokens, outlines and names of the office, the base map if one is in service.
export const FONT = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "sans-serif"];

export const LOCALE = {
  "Map.Title": "地图：方向键移动，加减键缩放",
  "Marker.Title": "地图上的标记",
  "NavigationControl.ZoomIn": "放大",
  "NavigationControl.ZoomOut": "缩小",
  "Popup.Close": "关闭",
  "ScaleControl.Meters": "米",
  "ScaleControl.Kilometers": "千米",
  "AttributionControl.ToggleAttribution": "数据来源",
  "CooperativeGesturesHandler.WindowsHelpText": "按住 Ctrl 再滚动，可以缩放地图",
  "CooperativeGesturesHandler.MacHelpText": "按住 ⌘ 再滚动，可以缩放地图",
  "CooperativeGesturesHandler.MobileHelpText": "用两根手指移动地图",
};

export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--yk-map-${name}`).trim();
}

const grows = (...stops) => ["interpolate", ["exponential", 1.5], ["zoom"], ...stops];
const is = (...kinds) => ["in", ["get", "kind"], ["literal", kinds]];

/** The layers of the base map, below everything else; its names are of nameLayers. */
export function groundLayers(base) {
  const ground = { id: "ground", type: "background", paint: { "background-color": token(base ? "land" : "ground") } };
  if (!base) return [ground];
  const from = (id, layer, type, more) => ({ id: `base-${id}`, source: "base", "source-layer": layer, type, ...more });
  const fill = (id, layer, filter, colour) => from(id, layer, "fill", { filter, paint: { "fill-color": token(colour) } });
  const line = (id, layer, filter, colour, width, more = {}) => from(id, layer, "line", {
    filter, layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": token(colour), "line-width": width, ...more },
  });
  return [
    ground,
    fill("built", "cover", is("built"), "built"),
    fill("green", "cover", is("green"), "green"),
    fill("water", "water", true, "water"),
    line("stream", "waterway", true, "water", grows(8, 0.5, 16, 4)),
    fill("building", "building", true, "building"),
    line("ferry", "ferry", true, "ferry", 1.25, { "line-dasharray": [4, 3] }),
    line("path", "street", is("path"), "path", grows(12, 0.6, 17, 2.5), { "line-dasharray": [3, 2] }),
    line("street-case", "street", is("local"), "case", grows(12, 1, 17, 11)),
    line("street", "street", is("local"), "road", grows(12, 0.6, 17, 9)),
    line("road-case", "road", is("secondary", "tertiary"), "case", grows(8, 1, 17, 15)),
    line("main-case", "road", is("motorway", "trunk", "primary"), "case", grows(6, 1.2, 17, 19)),
    line("road", "road", is("secondary", "tertiary"), "road", grows(8, 0.6, 17, 13)),
    line("main", "road", is("trunk", "primary"), "main", grows(6, 0.9, 17, 16)),
    line("motorway", "road", is("motorway"), "motorway", grows(6, 1.1, 17, 17)),
    line("rail", "rail", true, "rail", grows(8, 0.8, 16, 2.5)),
    line("office", "outline", true, "border", grows(7, 0.8, 14, 1.6), { "line-dasharray": [4, 2, 1, 2] }),
  ];
}

function text(id, source, layout, more = {}) {
  const { paint = {}, ...rest } = more;
  return {
    id, source, type: "symbol", ...rest,
    layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 12, "text-max-width": 8, ...layout },
    paint: { "text-color": token("ink"), "text-halo-color": token("halo"), "text-halo-width": 1.4, ...paint },
  };
}

const frame = ([west, south, east, north]) => ({
  type: "Polygon", coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
});

/** Names above the areas: streets, waters, places, and the units of the region, inside `box`. */
export function nameLayers(base, box) {
  const own = box
    ? [
        text("outline-name", "outlines", { "text-size": 13, "text-padding": 4, "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 0.9 }, {
          filter: ["all", ["==", ["geometry-type"], "Point"], ["!=", ["get", "level"], "county"]],
        }),
      ]
    : [];
  if (!base) return own;
  const along = { "symbol-placement": "line", "text-size": 11, "symbol-spacing": 300 };
  const soft = { paint: { "text-color": token("soft") } };
  const rank = ["match", ["get", "kind"], "city", 0, "town", 1, "suburb", 2, "village", 3, 4];
  // Inside the region its own units are named, outside the towns of the base map.
  const known = is("city", "county", "town", "island");
  const places = box ? ["all", known, ["any", ["!=", ["get", "kind"], "town"], ["!", ["within", frame(box)]]]] : known;
  return [
    text("name-street", "base", along, { "source-layer": "street", minzoom: 14, filter: ["has", "name"], ...soft }),
    text("name-road", "base", along, { "source-layer": "road", minzoom: 11, filter: ["has", "name"], ...soft }),
    text("name-stream", "base", along, { "source-layer": "waterway", minzoom: 13, filter: ["has", "name"], paint: { "text-color": token("deep") } }),
    text("name-poi", "base", { "text-size": 11, "text-max-width": 7 }, { "source-layer": "poi", minzoom: 14, ...soft }),
    text("name-water", "base", { "text-size": 11 }, { "source-layer": "water_name", paint: { "text-color": token("deep") } }),
    text("name-village", "base", { "symbol-sort-key": rank }, { "source-layer": "village", minzoom: 11 }),
    text("name-place", "base", { "text-size": ["match", ["get", "kind"], "city", 16, "town", 14, 13], "symbol-sort-key": rank }, {
      "source-layer": "place", filter: places,
    }),
    ...own,
  ];
}

/** Lines of the office's own outlines; the county's is stronger. */
export function outlineLayers() {
  const line = (id, filter, width, more = {}) => ({
    id, source: "outlines", type: "line", filter: ["all", ["!=", ["geometry-type"], "Point"], filter],
    paint: { "line-color": token("border"), "line-width": width, ...more },
  });
  return [
    line("outline-part", ["!=", ["get", "level"], "county"], 1, { "line-dasharray": [4, 2] }),
    line("outline-whole", ["==", ["get", "level"], "county"], 2),
  ];
}

/** A plain land colour inside the outlines, where no base map is in service. */
export function outlineGround() {
  return { id: "outline-land", source: "outlines", type: "fill", filter: ["!=", ["geometry-type"], "Point"], paint: { "fill-color": token("land") } };
}

/** 天地图 tiles, where the office has a key: pictures and names, switched on by the reader. */
export function tianditu(key) {
  const source = (layer) => ({
    type: "raster", tileSize: 256, minzoom: 1, maxzoom: 18, attribution: "天地图",
    tiles: [0, 1, 2, 3, 4, 5, 6, 7].map((n) => `https://t${n}.tianditu.gov.cn/${layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${encodeURIComponent(key)}`),
  });
  const layer = (id) => ({ id, source: id, type: "raster", layout: { visibility: "none" } });
  return { sources: { "tianditu-vec": source("vec"), "tianditu-cva": source("cva") }, layers: [layer("tianditu-vec"), layer("tianditu-cva")] };
}
