"use strict";
const [search, resource, breaking, theme, shown, nothing] =
  ["search", "resource", "breaking", "theme", "shown", "nothing"].map((id) => document.getElementById(id));

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const section of document.querySelectorAll("section")) {
    let any = false;
    for (const item of section.querySelectorAll("li")) {
      const text = (section.dataset.resource + " " + item.textContent).toLowerCase();
      const fits = (!resource.value || section.dataset.resource === resource.value)
        && (!breaking.checked || item.className === "breaking")
        && words.every((word) => text.includes(word));
      item.hidden = !fits;
      any ||= fits;
      count += fits ? 1 : 0;
    }
    section.hidden = !any;
  }
  nothing.hidden = count > 0;
  shown.textContent = count + " shown";
}

for (const control of [search, resource, breaking]) control.addEventListener("input", filter);
document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
theme.addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
});
filter();
