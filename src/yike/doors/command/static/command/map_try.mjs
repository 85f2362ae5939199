// Writes what is dragged on the map into the form, which asks what it changes; draws the answer on the map.
import { setData } from "yike/map";

const form = document.getElementById("form");
const moved = new Map(form.elements.moved.value.split(";").filter(Boolean).map((one) => [one.split(",")[0], one]));
let last = 0;

function take({ lon, lat, id }) {
  moved.set(id, `${id},${lon.toFixed(6)},${lat.toFixed(6)}`);
  form.elements.moved.value = [...moved.values()].join(";");
  // Not a change, which waits for more letters to be typed: who lets go is answered at once.
  form.dispatchEvent(new Event("yike:dragged"));
}

// While something is dragged an answer is asked for now and then, at its end in any case.
document.addEventListener("yike:moving", ({ detail, timeStamp }) => {
  if (timeStamp - last < 400) return;
  last = timeStamp;
  take(detail);
});
document.addEventListener("yike:moved", ({ detail }) => take(detail));
document.addEventListener("htmx:after:swap", () => {
  const told = document.getElementById("tried-data");
  if (told) setData("changed", JSON.parse(told.textContent));
});
