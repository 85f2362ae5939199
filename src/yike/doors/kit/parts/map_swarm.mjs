// Very many points by class on a sheet of their own above the map: what is set is drawn at once, and the map below is
// not drawn again for it.
import { token } from "./map_base.mjs";
import { symbol } from "./map_layers.mjs";

const STEPS = 100000;
const across = (lon) => (180 + lon) / 360;
const down = (lat) => 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);

/** Places by class as the page tells them: steps of a degree, each less the one before → x, y of the whole world. */
function placed(layer, data) {
  return layer.classes.map((one) => {
    const list = data[one.value] ?? [];
    const points = new Float64Array(list.length);
    let [lon, lat] = [0, 0];
    for (let i = 0; i < list.length; i += 2) {
      lon += list[i];
      lat += list[i + 1];
      points[i] = across(lon / STEPS);
      points[i + 1] = down(lat / STEPS);
    }
    return points;
  });
}

/** One symbol as a picture in the size wanted, which is copied for each point. */
function stamp(one, size) {
  const whole = document.createElement("canvas");
  whole.width = whole.height = 52;
  whole.getContext("2d").putImageData(symbol(one.symbol, token(one.tone)), 0, 0);
  const made = document.createElement("canvas");
  made.width = made.height = size;
  made.getContext("2d").drawImage(whole, 0, 0, size, size);
  return made;
}

/** Few points are large, very many small; all grow with the zoom. */
const sizeOf = (many, zoom) => Math.min(26, Math.max(8, Math.sqrt(70000 / Math.max(many, 1))) * 2 ** Math.max(-0.5, (zoom - 11) / 2.5));

/** Adds the layer; `set` gives it other points, `show` takes them from the map and back. */
export function addSwarm(map, layer) {
  const below = map.getCanvas();
  const sheet = document.createElement("canvas");
  sheet.className = "kit-map-swarm";
  sheet.setAttribute("aria-hidden", "true");
  below.after(sheet);
  const pen = sheet.getContext("2d");
  let [now, shown] = [placed(layer, layer.data), layer.shown];
  const draw = () => {
    if (sheet.width !== below.width || sheet.height !== below.height) Object.assign(sheet, { width: below.width, height: below.height });
    pen.clearRect(0, 0, sheet.width, sheet.height);
    const many = now.reduce((sum, one) => sum + one.length / 2, 0);
    if (!shown || !many) return;
    const dots = below.width / below.clientWidth;
    const [middle, zoom] = [map.getCenter(), map.getZoom()];
    const world = 512 * 2 ** zoom * dots;
    const size = Math.round(sizeOf(many, zoom) * dots);
    const left = sheet.width / 2 - across(middle.lng) * world - size / 2;
    const top = sheet.height / 2 - down(middle.lat) * world - size / 2;
    // The first classes are the weightiest: they lie on top.
    [...now.entries()].reverse().forEach(([kind, points]) => {
      if (!points.length) return;
      const picture = stamp(layer.classes[kind], size);
      for (let i = 0; i < points.length; i += 2) {
        const [x, y] = [left + points[i] * world, top + points[i + 1] * world];
        if (x > -size && y > -size && x < sheet.width && y < sheet.height) pen.drawImage(picture, Math.round(x), Math.round(y));
      }
    });
  };
  map.on("move", draw);
  map.on("resize", draw);
  draw();
  return {
    set: (data) => ((now = placed(layer, data)), draw()),
    show: (on) => ((shown = on), draw()),
  };
}
