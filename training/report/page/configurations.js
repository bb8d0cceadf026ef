"use strict";

const kind_names = {
  local: "Local models", baseline: "Baselines", other: "Features of others", level: "One level of one size",
  levels: "All levels of one size", union: "Several sizes",
};

const precision_note = "A resample may hold a clip more than once, which lifts the average precision of a rare tag: intervals of average " +
  "precision are moved down by as much as the mean of the resamples lies above the figure.";

const configuration_view = {metric: "roc_auc", order: "kind"};

function ordered_groups() {
  if (configuration_view.order !== "kind") {
    const key = configuration_view.order === "valid" ? (one) => one.valid_roc_auc
      : (one) => value_of(one, configuration_view.metric);
    return [{title: null, rows: [...study.configurations].sort((a, b) => descending(key(a), key(b)))}];
  }
  const groups = Object.keys(kind_names).map((kind) =>
    ({title: kind_names[kind], rows: study.configurations.filter((one) => one.kind === kind)}));
  groups.push({title: "Other", rows: study.configurations.filter((one) => !kind_names[one.kind])});
  return groups.filter(({rows}) => rows.length);
}

function figure_cell(figure) {
  return element("td", {class: "number"}, element("strong", {}, decimal(figure && figure.value)),
    has_interval(figure) ? element("small", {}, interval_text(figure)) : null);
}

function configuration_row(configuration, scale, other_metrics) {
  const figure = configuration[configuration_view.metric];
  const reference = value_of(configuration_named(everything), configuration_view.metric);
  const seeds = study.seeds.length > 1 && figure ? figure.by_seed : [];
  return element("tr", {class: configuration.name === everything ? "chief" : null},
    element("th", {scope: "row"}, configuration.name),
    element("td", {class: "plot"}, drawn(scale, [reference], whisker(scale, figure, "first", seeds))),
    figure_cell(figure),
    other_metrics.map((metric) => element("td", {class: "number lesser"}, decimal(value_of(configuration, metric)))),
    element("td", {class: "number lesser"}, decimal(configuration.valid_roc_auc)),
    element("td", {class: "number lesser"}, configuration.feature_count ? whole(configuration.feature_count) : absent));
}

function configuration_table() {
  const {metric} = configuration_view;
  const other_metrics = metrics_present().filter((other) => other !== metric);
  const figures = study.configurations.map((one) => one[metric]).filter(Boolean);
  const scale = make_scale(figures.flatMap((one) => [one.value, one.low, one.high, ...(one.by_seed || [])]), {tick_count: 6});
  const heads = [["Configuration", ""], [axis(scale), "plot"], [metric_names[metric], "number"],
    ...other_metrics.map((other) => [metric_names[other], "number lesser"]),
    ["Validation ROC-AUC", "number lesser"], ["Numbers a clip", "number lesser"]];
  const column_count = heads.length;
  return element("table", {class: "configurations named"},
    element("thead", {}, element("tr", {}, heads.map(([text, kind]) => element("th", {scope: "col", class: kind},
      kind === "plot" ? unseen("drawn") : null, text)))),
    ordered_groups().map(({title, rows}) => element("tbody", {},
      title ? element("tr", {class: "group"}, element("th", {scope: "rowgroup", colspan: column_count}, title)) : null,
      rows.map((one) => configuration_row(one, scale, other_metrics)))));
}

function draw_configurations() {
  const place = element("div");
  const note = element("p", {class: "remark", role: "status"});
  const redraw = () => {
    note.textContent = configuration_view.metric === "average_precision" ? precision_note : "";
    place.replaceChildren(framed(configuration_table(), "All configurations"));
  };
  const change = (key) => (value) => { configuration_view[key] = value; redraw(); };
  const metrics = metrics_present().map((metric) => ({value: metric, text: metric_names[metric]}));
  const orders = [{value: "kind", text: "kind"}, {value: "value", text: "drawn figure"}, {value: "valid", text: "validation ROC-AUC"}];
  body_of("configurations").append(
    paragraph("The dot is the figure, the bar its 95 % interval over ", drawn_units(),
      study.seeds.length > 1 ? ", the small ticks below are the single seeds" : "",
      ". The stronger vertical line marks “", everything, "”. Intervals of two rows may overlap although their difference is sure: for that, see ",
      element("a", {href: "#comparisons"}, "Comparisons"), "."),
    element("div", {class: "controls"}, select("Drawn", metrics, configuration_view.metric, change("metric")),
      select("Order", orders, configuration_view.order, change("order"))), place, note);
  redraw();
}
