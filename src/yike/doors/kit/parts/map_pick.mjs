// Picking a point for a form: by a press on the map, by dragging, by typing, or by where the device is.
const numeric = (input) => (input?.value.trim() ? Number(input.value) : NaN);

/** Lets the map fill the inputs that `pick` names; typing moves the point as well. */
export function pickPoint(maplibre, map, face, figure, say) {
  const { pick } = face;
  const field = (id) => (id ? document.getElementById(id) : null);
  const [lon, lat, crs] = [field(pick.lon), field(pick.lat), field(pick.crs)];
  if (!lon || !lat) return;
  const marker = new maplibre.Marker({ draggable: true });
  const [way, metres] = [field(pick.way), field(pick.accuracy)];
  const own = () => !crs || crs.value === pick.crs_value;
  const put = (at) => marker.setLngLat(at).addTo(map);
  const fill = ({ lng, lat: north }, from, accuracy) => {
    const told = [[lon, lng.toFixed(6)], [lat, north.toFixed(6)], [crs, pick.crs_value], [way, accuracy ? "device" : "map"], [metres, accuracy ? Math.ceil(accuracy) : ""]];
    told.forEach(([input, value]) => input && (input.value = value));
    put([lng, north]);
    say(`${from}：经度 ${lng.toFixed(6)}，纬度 ${north.toFixed(6)}${accuracy ? `，误差约 ${Math.round(accuracy)} 米` : ""}`);
    [lon, lat].forEach((input) => input.dispatchEvent(new Event("change", { bubbles: true })));
    figure.dispatchEvent(new CustomEvent("yike:picked", { bubbles: true, detail: { lon: lng, lat: north, accuracy } }));
  };
  const typed = (event) => {
    const at = [numeric(lon), numeric(lat)];
    const fits = Math.abs(at[0]) <= 180 && Math.abs(at[1]) <= 90;
    if (event) [way, metres].forEach((input) => input && (input.value = ""));
    if (!fits) return void marker.remove();
    if (!own()) return void moved(at);
    put(at);
    if (event && !map.getBounds().contains(at)) map.easeTo({ center: at });
    else if (!event) map.jumpTo({ center: at, zoom: 15 });
  };
  // Numbers of another system are drawn where they fall; the form keeps them as typed.
  const moved = async (at) => {
    const asked = new URLSearchParams({ lon: at[0], lat: at[1], crs: crs.value });
    const found = await fetch(`${face.where}?${asked}`).then((one) => one.json(), () => ({}));
    if (own() || numeric(lon) !== at[0] || numeric(lat) !== at[1]) return;
    if (found.lon === undefined) return void marker.remove();
    put([found.lon, found.lat]);
    map.easeTo({ center: [found.lon, found.lat], zoom: Math.max(map.getZoom(), 14) });
    say(`${crs.selectedOptions[0].text} 换算为 WGS84 / CGCS2000：经度 ${found.lon.toFixed(6)}，纬度 ${found.lat.toFixed(6)}，与填写的数字相差约 ${found.metres} 米。`);
  };
  map.on("click", (event) => fill(event.lngLat, "已选"));
  marker.on("dragend", () => fill(marker.getLngLat(), "已选"));
  [lon, lat, crs].forEach((input) => input?.addEventListener("input", typed));
  tools(map, figure, fill, say);
  finder(map, face, figure, say);
  typed();
}

function tools(map, figure, fill, say) {
  const box = figure.querySelector("[data-map-tools]");
  const button = (words, deed) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-outline-primary btn-sm";
    made.textContent = words;
    made.addEventListener("click", deed);
    box.append(made);
  };
  button("用我的位置", () => locate(map, fill, say));
  button("取地图正中", () => fill(map.getCenter(), "已取地图正中"));
}

function locate(map, fill, say) {
  if (!navigator.geolocation) return say("这台设备不能定位，请在地图上点，或者直接填写。");
  say("正在定位……");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const at = { lng: coords.longitude, lat: coords.latitude };
      map.jumpTo({ center: at, zoom: 16 });
      fill(at, "已定位", coords.accuracy);
    },
    () => say("没有得到位置（可能没有允许定位）。请在地图上点，或者直接填写。"),
    { enableHighAccuracy: true, timeout: 15000, maximumAge: 0 },
  );
}

/** Finds towns, villages and places of the base map by name: nothing outside is asked. */
function finder(map, face, figure, say) {
  const box = document.createElement("span");
  box.className = "kit-map-find";
  const input = Object.assign(document.createElement("input"), { type: "search", className: "form-control form-control-sm", placeholder: "乡镇、村、地名", maxLength: 20 });
  input.setAttribute("aria-label", "在地图上找乡镇、村、地名");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-outline-secondary btn-sm", textContent: "找" });
  const list = document.createElement("ul");
  box.append(input, button);
  figure.querySelector("[data-map-tools]").append(box, list);
  const go = (one) => (map.jumpTo({ center: [one.lon, one.lat], zoom: 14 }), say(`已移到${one.name}，请在图上点准确的位置。`));
  const find = async () => {
    const asked = input.value.trim();
    if (!asked) return;
    const answer = await fetch(`${face.find}&q=${encodeURIComponent(asked)}`).then((one) => one.json(), () => ({ found: [] }));
    const buttons = answer.found.map((one) => {
      const row = document.createElement("li");
      const choice = Object.assign(document.createElement("button"), { type: "button", className: "as-link", textContent: one.name });
      choice.addEventListener("click", () => go(one));
      row.append(choice);
      return row;
    });
    list.replaceChildren(...buttons);
    say(buttons.length ? `找到 ${buttons.length} 个，请选一个。` : "没有找到这个地名，请在图上找，或者直接填写。");
    if (answer.found.length === 1) go(answer.found[0]);
  };
  button.addEventListener("click", find);
  input.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), find()));
}
