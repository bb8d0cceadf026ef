addEventListener("load", () => setTimeout(() => {
  const shown = (node) => node.getClientRects().length > 0 && getComputedStyle(node).visibility === "visible";
  const collisions = [...document.querySelectorAll(".axis")].filter((drawn) => {
    const boxes = [...drawn.children].filter(shown).map((label) => label.getBoundingClientRect());
    return boxes.some((a, i) => boxes.some((b, j) => i < j && a.left < b.right && b.left < a.right));
  }).map((drawn) => drawn.textContent);
  const hidden = [...document.querySelectorAll(".gain .figure, td.number:not(.count), .finding p")].filter((number) => {
    const box = number.getBoundingClientRect();
    return !shown(number) || box.width < 8;
  }).map((number) => number.textContent);
  const counts = [...document.querySelectorAll(".gains tbody tr:not(.group)")].filter((row) =>
    ![...row.querySelectorAll(".count, .own-count")].some(shown)).map((row) => row.textContent);
  const page = document.documentElement;
  page.dataset.measured = `collisions: ${collisions.slice(0, 3)}; hidden numbers: ${[...hidden, ...counts].slice(0, 3)}; ` +
    `too wide: ${page.scrollWidth > innerWidth ? page.scrollWidth : ""}`;
}, 500));
