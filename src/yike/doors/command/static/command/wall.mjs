// Draws the map and the chart of the wall from the data in the page; the tables beside them say the same.
const vendor = new URL("../vendor/", import.meta.url);

function read(id) {
  const node = document.getElementById(id);
  return node ? JSON.parse(node.textContent) : [];
}

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function marker(spot, orders) {
  const link = document.createElement("a");
  const size = Math.round(22 + 3 * Math.sqrt(spot.open));
  link.href = `${orders}?${spot.opens}`;
  link.className = spot.late ? "spot spot-late" : "spot";
  link.style.width = link.style.height = `${size}px`;
  link.textContent = String(spot.open);
  link.setAttribute("aria-label", `${spot.open}${spot.name}：在办 ${spot.open} 件，超期 ${spot.late} 件`);
  const name = document.createElement("span");
  name.className = "spot-name";
  name.textContent = spot.name;
  link.append(name);
  return link;
}

async function drawMap() {
  const box = document.getElementById("map");
  const spots = read("spots");
  if (!box || !spots.length) return;
  const { Map, Marker, LngLatBounds, NavigationControl } = await import(new URL("maplibre/maplibre-gl.mjs", vendor));
  const bounds = new LngLatBounds();
  spots.forEach((spot) => bounds.extend([spot.lon, spot.lat]));
  const ground = { id: "ground", type: "background", paint: { "background-color": token("--yk-ground") } };
  const map = new Map({
    container: box,
    style: { version: 8, sources: {}, layers: [ground] },
    bounds,
    fitBoundsOptions: { padding: 56 },
    attributionControl: false,
    dragRotate: false,
    cooperativeGestures: false,
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  spots.forEach((spot) => {
    new Marker({ element: marker(spot, box.dataset.orders) }).setLngLat([spot.lon, spot.lat]).addTo(map);
  });
}

async function drawTrend() {
  const box = document.getElementById("trend");
  const days = read("trend-data");
  if (!box || !days.length) return;
  const echarts = await import(new URL("echarts/echarts.esm.min.mjs", vendor));
  const text = token("--yk-ink");
  const series = (name, at, colour) => ({
    name, type: "line", data: days.map((day) => day[at]), color: token(colour), symbolSize: 7,
    labelLayout: { moveOverlap: "shiftY" },
    endLabel: { show: true, formatter: "{a} {c}", color: text, fontWeight: "bold" },
  });
  const chart = echarts.init(box, null, { renderer: "svg" });
  chart.setOption({
    animation: false,
    grid: { left: 48, right: 84, top: 32, bottom: 28 },
    tooltip: { trigger: "axis" },
    xAxis: { type: "category", data: days.map((day) => day[0]), axisLabel: { color: text } },
    yAxis: { type: "value", name: "件", min: 0, minInterval: 1, axisLabel: { color: text }, nameTextStyle: { color: text } },
    series: [series("受理", 1, "--yk-calm"), series("办结", 2, "--yk-done")],
  });
  addEventListener("resize", () => chart.resize());
}

async function draw() {
  await Promise.allSettled([drawMap(), drawTrend()]);
  document.body.dataset.drawn = "yes";
}

draw();
document.addEventListener("htmx:after:swap", draw);
