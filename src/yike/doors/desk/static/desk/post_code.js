// The screen at a post takes the next code when this one is over; a lost network is tried again.

const wall = document.querySelector("[data-seconds]");

async function next() {
  try {
    const answer = await fetch(location.href, { method: "HEAD", credentials: "same-origin" });
    if (answer.ok) {
      location.reload();
      return;
    }
  } catch {
    // no network: the old code stays, and is refused once it is over
  }
  setTimeout(next, 10000);
}

if (wall) setTimeout(next, Number(wall.dataset.seconds) * 1000);
