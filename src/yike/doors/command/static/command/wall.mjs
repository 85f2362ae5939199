// Draws the chart of the wall from the data in the page; the table beside it says the same. The map is the kit's.
const vendor = new URL("../vendor/", import.meta.url);

function read(id) {
  const node = document.getElementById(id);
  return node ? JSON.parse(node.textContent) : [];
}

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
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
  await Promise.allSettled([drawTrend()]);
  document.body.dataset.drawn = "yes";
}

draw();
document.addEventListener("htmx:after:swap", draw);
