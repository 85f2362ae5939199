// Check-in at a stop: asks the phone once where it is when the button is pressed; without an answer the form goes as it is.
const form = document.querySelector("[data-arrive]");

function fill(place) {
  const told = { lon: place.coords.longitude, lat: place.coords.latitude, accuracy: place.coords.accuracy };
  Object.entries(told).forEach(([name, value]) => { form.elements[name].value = value; });
}

form?.addEventListener("submit", (event) => {
  if (form.dataset.asked || !navigator.geolocation) return;
  event.preventDefault();
  form.dataset.asked = "yes";
  form.querySelector("[data-state]").textContent = "正在取位置……";
  const send = () => form.submit();
  navigator.geolocation.getCurrentPosition((place) => { fill(place); send(); }, send, { enableHighAccuracy: true, timeout: 12000, maximumAge: 0 });
});
