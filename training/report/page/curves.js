"use strict";

const curve_kinds = {
  loss: {title: "loss", lines: [{key: "valid_loss", kind: "first", name: "validation loss"}, {key: "loss", kind: "second", name: "training loss"}]},
  valid_roc_auc: {title: "validation ROC-AUC", lines: [{key: "valid_roc_auc", kind: "first", name: "validation ROC-AUC"}]},
  learning_rate: {title: "learning rate (logarithmic)", log: true, lines: [{key: "learning_rate", kind: "first", name: "learning rate"}]},
};

const curve_view = {what: "loss", run: ""};
const curve_box = {left: 44, right: 8, top: 8, bottom: 24, width: 300, height: 170};

function curve_tasks() {
  const tasks = new Map();
  for (const curve of study.learning_curves) {
    if (!tasks.has(curve.id)) tasks.set(curve.id, []);
    tasks.get(curve.id).push(curve);
  }
  return [...tasks.values()].map((curves) => ({task: curves[0].task, curves}));
}

function curve_y(epoch, key, log) {
  const value = epoch[key];
  if (!is_number(value) || (log && value <= 0)) return null;
  return log ? Math.log10(value) : value;
}

// A few far values, such as a first epoch, would press all others flat: the axis ends at twice the span of the others.
function curve_range(values) {
  const [low, high, usual] = [Math.min(...values), Math.max(...values), quantile(values, 0.97)];
  const limit = low + 2 * (usual - low);
  return high > limit && usual > low ? {shown: values.filter((value) => value <= limit), is_cut: true} : {shown: values, is_cut: false};
}

// A break in the line where a value is missing.
function curve_path(epochs, key, log, x, y) {
  let [path, pen_is_down] = ["", false];
  for (const epoch of epochs) {
    const value = curve_y(epoch, key, log);
    if (value !== null) path += `${pen_is_down ? "L" : "M"}${x(epoch.epoch).toFixed(1)} ${y(value).toFixed(1)}`;
    pen_is_down = value !== null;
  }
  return path;
}

function curve_axes(scale, y, log, epoch_count) {
  const {left, right, top, bottom, width, height} = curve_box;
  const digits = tick_digits(scale);
  const labels = scale.ticks.flatMap((tick) => [
    svg("line", {x1: left, x2: width - right, y1: y(tick), y2: y(tick), class: "grid"}),
    svg("text", {x: left - 5, y: y(tick) + 4, "text-anchor": "end"}, log ? (10 ** tick).toPrecision(1) : decimal(tick, digits))]);
  return [...labels, svg("text", {x: left, y: height - 6}, "epoch 1"),
    svg("text", {x: width - right, y: height - 6, "text-anchor": "end"}, String(epoch_count))];
}

function curve_scale(curves, {lines, log}) {
  const values = curves.flatMap(({epochs}) => epochs.flatMap((epoch) => lines.map(({key}) => curve_y(epoch, key, log)))).filter(is_number);
  if (!values.length) return null;
  const {shown, is_cut} = curve_range(values);
  return {...make_scale(shown, {tick_count: 4}), is_cut};
}

function curve_figure(curves, what, scale) {
  const {left, right, top, bottom, width, height} = curve_box;
  const epoch_count = Math.max(2, ...curves.flatMap(({epochs}) => epochs.map(({epoch}) => epoch)));
  const x = (epoch) => left + (width - left - right) * (epoch - 1) / (epoch_count - 1);
  const y = (value) => height - bottom - (height - top - bottom) * (value - scale.low) / (scale.high - scale.low);
  const chosen = curves.filter(({run}) => run === curve_view.run);
  const paths = (of, kind_suffix) => [...what.lines].reverse().map(({key, kind}) => svg("path",
    {d: of.map(({epochs}) => curve_path(epochs, key, what.log, x, y)).join(""), class: `curve ${kind} ${kind_suffix}`}));
  const best = (chosen.length ? chosen : curves).map(kept_epoch).filter(Boolean)
    .map((epoch) => ({x: x(epoch.epoch), value: curve_y(epoch, what.lines[0].key, what.log)})).filter(({value}) => value !== null);
  const inner = svg("svg", {x: 0, y: top - 4, width, height: height - top - bottom + 8, viewBox: `0 ${top - 4} ${width} ${height - top - bottom + 8}`},
    ...paths(curves, chosen.length ? "faint" : curves.length > 1 ? "many" : ""), ...(chosen.length ? paths(chosen, "") : []),
    ...best.map((point) => svg("circle", {cx: point.x, cy: y(point.value), r: 3, class: "best"})));
  return svg("svg", {viewBox: `0 0 ${width} ${height}`, class: "chart", "aria-hidden": "true"}, ...curve_axes(scale, y, what.log, epoch_count), inner);
}

// A log marks each epoch whose weights were to be kept, so far: the last of them was.
function kept_epoch({epochs}) {
  return epochs.filter((epoch) => epoch.best).pop() || null;
}

function kept_epochs_text(curves) {
  const kept = curves.map(kept_epoch).filter(Boolean);
  if (!kept.length) return "no kept epoch recorded";
  const [epochs, losses] = [kept.map(({epoch}) => epoch), numbers_of(kept.map((epoch) => epoch.valid_loss))];
  const range = (values, format) => (Math.min(...values) === Math.max(...values) ? format(values[0])
    : `${format(Math.min(...values))} to ${format(Math.max(...values))}`);
  const loss = losses.length ? `, validation loss there ${range(losses, (value) => decimal(value))}` : "";
  return `kept epoch ${range(epochs, String)}${loss}`;
}

// Each run with its kept epoch, as a list to read; the picture shows where they are.
function kept_epochs_list(curves) {
  const kept = curves.map((curve) => ({run: curve.run, epoch: kept_epoch(curve)})).filter(({epoch}) => epoch);
  if (!kept.length) return null;
  return element("details", {class: "kept"}, element("summary", {}, `Kept epochs of ${counted(kept.length, "run")}`),
    element("ul", {}, kept.map(({run, epoch}) => element("li", {}, `${run}: epoch ${epoch.epoch}`,
      is_number(epoch.valid_loss) ? `, validation loss ${decimal(epoch.valid_loss)}` : ""))));
}

function curve_card({task, curves}) {
  const what = curve_kinds[curve_view.what];
  const scale = curve_scale(curves, what);
  return element("figure", {class: "curves"}, element("figcaption", {}, element("strong", {}, capital(task)),
    element("small", {}, `${counted(curves.length, "run")}; ${kept_epochs_text(curves)}${scale && scale.is_cut ? "; values above the axis are cut off" : ""}`)),
  scale ? curve_figure(curves, what, scale) : paragraph("Nothing recorded."), kept_epochs_list(curves));
}

function curve_grid(tasks) {
  return element("div", {class: "cards"}, tasks.map(curve_card));
}

function curve_legend() {
  const {lines} = curve_kinds[curve_view.what];
  return element("p", {class: "legend"}, lines.map(({kind, name}) => element("span", {class: "entry"},
    svg("svg", {viewBox: "0 0 36 10", class: "key", "aria-hidden": "true"}, svg("path", {d: "M0 5L36 5", class: `curve ${kind}`})), name)),
  element("span", {class: "entry"}, svg("svg", {viewBox: "0 0 10 10", class: "key dot-key", "aria-hidden": "true"}, svg("circle", {cx: 5, cy: 5, r: 3, class: "best"})), "epoch that was kept"));
}

// There may be hundreds of classifiers; their curves are made when they are asked for.
function more_curves(tasks, is_open, toggled) {
  const place = element("div");
  const fill = () => { if (details.open) place.replaceChildren(curve_grid(tasks)); toggled(details.open); };
  const details = element("details", {open: is_open, toggle: fill}, element("summary", {}, `${counted(tasks.length, "other task")}, such as the classifiers`), place);
  return details;
}

function draw_curves() {
  const tasks = curve_tasks();
  if (!tasks.length) return void body_of("curves").append(paragraph("The study has no learning curves."));
  const local = tasks.filter(({curves}) => curves[0].step === 1);
  const [shown, more] = local.length ? [local, tasks.filter((task) => !local.includes(task))] : [tasks, []];
  const place = element("div");
  let is_open = false;
  const redraw = () => place.replaceChildren(curve_legend(), curve_grid(shown),
    ...(more.length ? [more_curves(more, is_open, (open) => { is_open = open; })] : []));
  const change = (key) => (value) => { curve_view[key] = value; redraw(); };
  const runs = [...new Set(study.learning_curves.map(({run}) => run))];
  body_of("curves").append(paragraph("One picture for each training, from its first epoch to its last, ",
    study.learning_curves.length > tasks.length ? "all runs drawn over each other; " : "",
    "the circle marks the epoch whose weights were kept. A validation loss that rises while the training loss falls is overfitting; " +
    "dropout and augmentation, which only training has, raise the training loss."), element("div", {class: "controls"},
    select("Drawn", Object.entries(curve_kinds).map(([value, {title}]) => ({value, text: title})), curve_view.what, change("what")),
    select("Bring forward", [{value: "", text: "no single run"}, ...runs.map((run) => ({value: run, text: run}))], curve_view.run, change("run"))), place);
  redraw();
}
