"use strict";

// A horizontal scale with round ticks, which ends at ticks unless it is `tight`. Places are in percent of the width of the cell that is drawn in, with a margin
// for the marks at the ends.
function make_scale(values, {with_zero = false, tight = false, tick_count = 4} = {}) {
  const known = numbers_of(values);
  if (with_zero || !known.length) known.push(0);
  let low = Math.min(...known);
  let high = Math.max(...known);
  if (low === high) [low, high] = [low - 0.05, high + 0.05];
  const step = round_step((high - low) / tick_count);
  const [first, last] = tight ? [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)]
    : [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)];
  if (!tight) [low, high] = [first * step, last * step];
  const ticks = [];
  for (let i = first; i <= last; ++i) ticks.push(Number((i * step).toPrecision(10)) + 0);
  const place = (value) => 2 + 96 * Math.min(1, Math.max(0, (value - low) / (high - low)));
  return {low, high, step, ticks, place};
}

function round_step(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999);
}

function tick_digits(scale) {
  return Math.max(0, -Math.floor(Math.log10(scale.step) + 1e-9));
}

function at(percent_of_width) {
  return `${percent_of_width.toFixed(2)}%`;
}

// Vertical lines behind the marks of a cell, as one CSS background.
function grid_of(scale, strong_at = []) {
  const line = (value, color) =>
    `linear-gradient(var(${color}), var(${color})) ${at(scale.place(value))} 0 / 1px 100% no-repeat`;
  const strong = strong_at.filter(is_number);
  return [...strong.map((value) => line(value, "--zero")), ...scale.ticks.map((tick) => line(tick, "--line"))].join(", ");
}

// The numbers above a column of drawn cells; those at its ends do not go beyond it.
function axis(scale, format = decimal, most = 6) {
  const digits = tick_digits(scale);
  const every = Math.ceil(scale.ticks.length / most);
  const zero = scale.ticks.indexOf(0);
  const shift = (place) => (place < 8 ? "-15%" : place > 92 ? "-85%" : "-50%");
  const drawn_axis = element("div", {class: "axis", "aria-hidden": "true"}, scale.ticks
    .map((tick, i) => ({tick, number: i - Math.max(zero, 0), place: scale.place(tick)})).filter(({number}) => number % every === 0)
    .map(({tick, place}) => element("span", {"--at": at(place), "--shift": shift(place)}, tick === 0 ? "0" : format(tick, digits))));
  axis_widths.observe(drawn_axis);
  return drawn_axis;
}

// Labels that have no room are hidden, as often as the width changes: zero stays, then those at the ends, then the others.
const axis_widths = new ResizeObserver((entries) => entries.forEach(({target}) => hide_colliding(target)));

function hide_colliding(drawn_axis) {
  const gap = 4;
  const labels = [...drawn_axis.children];
  const rank = (label, i) => (label.textContent === "0" ? 0 : i === 0 || i === labels.length - 1 ? 1 : 2);
  const kept = [];
  for (const [label] of labels.map((label, i) => [label, rank(label, i)]).sort((a, b) => a[1] - b[1])) {
    const {left, right} = label.getBoundingClientRect();
    const collides = kept.some((other) => left < other.right + gap && other.left < right + gap);
    label.style.visibility = collides ? "hidden" : "";
    if (!collides) kept.push({left, right});
  }
}

function mark(kind, place) {
  return element("span", {class: kind, "--at": at(place)});
}

// A dot with its interval; small ticks for the single seeds.
function whisker(scale, score, kind = "first", seeds = []) {
  const marks = numbers_of(seeds).map((value) => mark("seed", scale.place(value)));
  if (has_interval(score)) {
    const [from, to] = [scale.place(score.low), scale.place(score.high)];
    marks.push(element("span", {class: `whisker ${kind}`, "--at": at(from), "--wide": at(to - from)}));
  }
  if (score && is_number(score.value)) marks.push(mark(`dot ${kind}`, scale.place(score.value)));
  return marks;
}

function drawn(scale, strong_at, ...marks) {
  return element("div", {class: "drawn", "aria-hidden": "true", "--grid": grid_of(scale, strong_at)}, ...marks);
}

// A bar from zero; its side and its color show the sign.
function bar(scale, value) {
  if (!is_number(value)) return null;
  const [from, to] = [scale.place(Math.min(0, value)), scale.place(Math.max(0, value))];
  return element("span", {class: value < 0 ? "bar minus" : "bar plus", "--at": at(from), "--wide": at(to - from)});
}
