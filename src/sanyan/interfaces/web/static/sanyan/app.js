/* Small kindnesses on top of pages that work without them. */
"use strict";
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  // One menu open at a time; Escape and a click outside close it.
  const menus = () => all("details.menu[open]");
  document.addEventListener("click", (event) => menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") menus().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });

  // A slash goes to the search of the page, else to the one of the top bar.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const boxes = all("[data-slash]").filter((box) => box.offsetParent);
    const box = boxes.find((one) => one.closest("main")) || boxes[0];
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  });

  // Filters act at once; the button stays for those without a script.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form && event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form.filters")) all("input, select", event.target).forEach((box) => { if (!box.value) box.disabled = true; });
  });
  window.addEventListener("pageshow", () => all("form.filters [disabled]").forEach((box) => { box.disabled = false; }));

  // A map of many links is one stop of the Tab key; arrows walk to the nearest tile.
  const roving = (map) => {
    const tiles = all("a[data-x]", map);
    const place = (tile) => [Number(tile.dataset.x), Number(tile.dataset.y)];
    tiles.forEach((tile, index) => tile.setAttribute("tabindex", index ? "-1" : "0"));
    map.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      const here = event.target.closest("a[data-x]");
      if (!step || !here) return;
      event.preventDefault();
      const [x, y] = place(here);
      let best = null, least = Infinity;
      tiles.forEach((tile) => {
        const [tx, ty] = place(tile), ahead = (tx - x) * step[0] + (ty - y) * step[1];
        const aside = Math.abs((tx - x) * step[1]) + Math.abs((ty - y) * step[0]);
        if (ahead > 0 && ahead + 2 * aside < least) { least = ahead + 2 * aside; best = tile; }
      });
      if (best) { here.setAttribute("tabindex", "-1"); best.setAttribute("tabindex", "0"); best.focus(); }
    });
  };
  all("[data-roving]").forEach(roving);

  // Copy a table so that Excel takes it; tighter or looser rows.
  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const table = document.getElementById(copy.dataset.copy);
      const text = all("tr", table).map((row) => all("th, td", row).map((cell) => cell.innerText.replace(/\s+/g, " ").trim()).join("\t")).join("\n");
      await navigator.clipboard.writeText(text);
      copy.textContent = copy.dataset.done;
    }
    const dense = event.target.closest("[data-dense]");
    if (dense) {
      const on = document.getElementById(dense.dataset.dense).classList.toggle("dense");
      dense.setAttribute("aria-pressed", String(on));
    }
  });
  all("[data-needs-script]").forEach((part) => { part.hidden = false; });
})();
