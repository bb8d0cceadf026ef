"use strict";

function band_energies(values, band_count, kernel_frames) {
  return Array.from({length: band_count}, (_, band) => {
    let energy = 0;
    for (let frame = 0; frame < kernel_frames; ++frame) energy += (values[band * kernel_frames + frame] || 0) ** 2;
    return energy;
  });
}

function peak_band(values, band_count, kernel_frames) {
  const energies = band_energies(values, band_count, kernel_frames);
  return energies.indexOf(Math.max(...energies));
}

// Three numbers of a color that CSS gives as #rrggbb.
function color_numbers(name) {
  const text = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  return [1, 3, 5].map((start) => parseInt(text.slice(start, start + 2), 16));
}

function filter_colors() {
  const [minus, zero, plus] = ["--minus", "--filter-zero", "--plus"].map(color_numbers);
  return (share) => {
    const [end, weight] = [share < 0 ? minus : plus, Math.min(1, Math.abs(share))];
    return zero.map((part, i) => Math.round(part + (end[i] - part) * weight));
  };
}

// One pixel a number; CSS makes it larger. Band 0 is at the bottom.
function filter_strip(canvas, bank, sorted, largest) {
  const {kernel_frames, mel_band_count} = bank;
  const step = kernel_frames + 1;
  canvas.width = sorted.length * step - 1;
  canvas.height = mel_band_count;
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  const color = filter_colors();
  sorted.forEach(({values}, i) => {
    for (let band = 0; band < mel_band_count; ++band) {
      for (let frame = 0; frame < kernel_frames; ++frame) {
        const pixel = 4 * ((mel_band_count - 1 - band) * canvas.width + i * step + frame);
        image.data.set([...color((values[band * kernel_frames + frame] || 0) / largest), 255], pixel);
      }
    }
  });
  context.putImageData(image, 0, 0);
}

function band_ticks(bank) {
  const count = bank.mel_band_count;
  return [0, 1, 2, 3, 4].map((quarter) => Math.round(quarter * (count - 1) / 4))
    .map((band) => element("span", {"--at": at(100 - 100 * (band + 0.5) / count)}, String(band)));
}

// As many filters in a strip as have room.
function filter_strips(bank, sorted, largest, width) {
  const step = bank.kernel_frames + 1;
  const is_wide = width > 700;
  const in_strip = Math.max(8, Math.min(sorted.length, Math.floor((width - 40) / (step * (is_wide ? 4 : 2)))));
  const strip_count = Math.ceil(sorted.length / in_strip);
  const even = Math.ceil(sorted.length / strip_count);
  // Whole pixels for each number, or columns would differ in width.
  const across = Math.max(1, Math.floor((width - 40) / (even * step - 1)));
  const tall = bank.mel_band_count * Math.ceil((is_wide ? 256 : 128) / bank.mel_band_count);
  return Array.from({length: strip_count}, (_, i) => {
    const part = sorted.slice(i * even, (i + 1) * even);
    const canvas = element("canvas", {role: "img", "--wide": `${across * (part.length * step - 1)}px`, "--tall": `${tall}px`,
      "aria-label": `Filters ${i * even + 1} to ${i * even + part.length} of ${sorted.length}, strongest at mel bands ${part[0].peak} to ${part[part.length - 1].peak}`});
    filter_strip(canvas, bank, part, largest);
    return element("div", {class: "strip"}, element("div", {class: "bands", "aria-hidden": "true"}, band_ticks(bank)), element("div", {class: "canvas"}, canvas));
  });
}

function filter_caption(bank, sorted, largest) {
  const half = sorted[Math.floor(sorted.length / 2)].peak;
  return element("figcaption", {}, element("strong", {}, `Network of ${bank.segment_frames} frames`),
    element("small", {}, `${counted(sorted.length, "filter")} of ${counted(bank.kernel_frames, "frame")} by ${bank.mel_band_count} mel bands; ` +
      `half of them are strongest below band ${half}; full color at ±${decimal(largest, 2)}`));
}

function filter_figure(bank) {
  const sorted = bank.filters.map((values) => ({values, peak: peak_band(values, bank.mel_band_count, bank.kernel_frames)}))
    .sort((a, b) => a.peak - b.peak);
  const largest = quantile(bank.filters.flat().map(Math.abs), 0.995) || 1;
  const strips = element("div");
  const redraw = () => strips.replaceChildren(...filter_strips(bank, sorted, largest, strips.clientWidth || 640));
  return {figure: element("figure", {class: "filters"}, filter_caption(bank, sorted, largest), strips), redraw};
}

function draw_filters() {
  const banks = study.filters.filter((bank) => bank.filters && bank.filters.length);
  if (!banks.length) return void body_of("filters").append(paragraph("The study has no filters."));
  body_of("filters").append(
    paragraph("What the filters of the first layer respond to: each narrow picture is one filter, time from left to right, low mel bands at the bottom, " +
      "sorted by the band of its greatest energy. A filter reacts to energy where it is blue and to its absence where it is orange. " +
      "Filters that look like noise have stayed close to their random start, usually because there was little training data."),
    element("p", {class: "legend"}, element("span", {class: "ramp", "aria-hidden": "true"}), "negative (orange), zero, positive (blue)"));
  const figures = banks.map(filter_figure);
  body_of("filters").append(...figures.map(({figure}) => figure));
  const redraw = () => figures.forEach((figure) => figure.redraw());
  redraw();
  let waiting = null;
  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(redraw, 150);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  // Paper is light, whatever the screen is; the canvases are drawn before the style of paper applies.
  const redraw_for_paper = (is_paper) => { document.documentElement.toggleAttribute("data-printing", is_paper); redraw(); };
  window.addEventListener("beforeprint", () => redraw_for_paper(true));
  window.addEventListener("afterprint", () => redraw_for_paper(false));
}
