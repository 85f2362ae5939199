// Draws the Lorenz curves from the data in the page; the table below says the same.
const vendor = new URL("../vendor/", import.meta.url);

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

async function draw() {
  const box = document.getElementById("lorenz");
  const data = document.getElementById("lorenz-data");
  if (!box || !data) return;
  const echarts = await import(new URL("echarts/echarts.esm.min.mjs", vendor));
  const text = token("--yk-ink");
  const colours = ["--yk-calm", "--yk-done"];
  const percent = (points) => points.map(([x, y]) => [100 * x, 100 * y]);
  const labelled = (at) => ({ show: true, formatter: "{a}", color: text, fontWeight: "bold", position: at });
  const curves = JSON.parse(data.textContent).map((curve, at) => ({
    name: curve.name, type: "line", data: percent(curve.points), showSymbol: false, color: token(colours[at]),
    lineStyle: { width: 3, type: at ? "dashed" : "solid" },
    markPoint: { symbol: "circle", symbolSize: 1, data: [{ coord: percent(curve.points)[at ? 70 : 50], label: { ...labelled(at ? "right" : "left"), formatter: curve.name } }] },
  }));
  const even = {
    name: "人人一样", type: "line", data: [[0, 0], [100, 100]], showSymbol: false, silent: true,
    color: token("--yk-soft"), lineStyle: { width: 1 },
    markPoint: { symbol: "circle", symbolSize: 1, data: [{ coord: [30, 30], label: { ...labelled("left"), formatter: "人人一样" } }] },
  };
  const axis = (name) => ({ type: "value", min: 0, max: 100, name, nameLocation: "middle", nameGap: 32, axisLabel: { color: text, formatter: "{value}%" }, nameTextStyle: { color: text } });
  const chart = echarts.init(box, null, { renderer: "svg" });
  chart.setOption({
    animation: false,
    grid: { left: 64, right: 24, top: 16, bottom: 56 },
    tooltip: { trigger: "axis", valueFormatter: (value) => `${Number(value).toFixed(1)}%` },
    xAxis: axis("人口（从最少的排起）"),
    yAxis: { ...axis("占全部的比例"), nameGap: 44 },
    series: [even, ...curves],
  });
  addEventListener("resize", () => chart.resize());
}

draw().finally(() => { document.body.dataset.drawn = "yes"; });
