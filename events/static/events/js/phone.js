// When it is by the clock of the phone, for speakers who are somewhere else. Without this script the event's own
// time stands alone.
for (const place of document.querySelectorAll("[data-own-time]")) {
  const moment = new Date(place.dataset.ownTime);
  const language = document.documentElement.lang;
  const own = { weekday: "long", hour: "numeric", minute: "2-digit", timeZoneName: "short" };
  const there = { ...own, timeZone: place.dataset.zone };
  const clock = (options) => moment.toLocaleString(language, { ...options, timeZoneName: undefined });
  if (clock(own) !== clock(there)) {
    place.querySelector("span").textContent = moment.toLocaleString(language, own);
    place.hidden = false;
  }
}
