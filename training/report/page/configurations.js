"use strict";

const configuration_groups = [
  {title: "Local models", has: ({kind}) => kind === "local_model"},
  {title: "Baselines", has: ({kind}) => kind === "mel_statistics" || kind === "mfcc_statistics"},
  {title: "External embeddings", has: ({kind}) => kind === "external"},
  {title: "One level of one scale", has: (one) => one.kind !== "all_levels" && scale_of(one) !== null},
  {title: "All levels of one scale", has: (one) => scale_of(one) !== null},
  {title: "Several scales", has: () => true},
];

const precision_note = "A resample may contain a clip more than once, which raises the average precision of a rare tag: intervals of average " +
  "precision are moved down by the difference between the mean of the resamples and the score.";

const configuration_view = {metric: "roc_auc", order: "kind"};

function ordered_groups() {
  if (configuration_view.order !== "kind") {
    const key = configuration_view.order === "valid" ? (one) => one.valid_roc_auc
      : (one) => value_of(one, configuration_view.metric);
    return [{title: null, rows: [...study.configurations].sort((a, b) => descending(key(a), key(b)))}];
  }
  const groups = configuration_groups.map(({title}) => ({title, rows: []}));
  for (const one of study.configurations) groups[configuration_groups.findIndex(({has}) => has(one))].rows.push(one);
  return groups.filter(({rows}) => rows.length);
}

function score_cell(score) {
  return element("td", {class: "number"}, element("strong", {}, decimal(score && score.value)),
    has_interval(score) ? element("small", {}, interval_text(score)) : null);
}

function configuration_row(configuration, scale, other_metrics) {
  const score = configuration[configuration_view.metric];
  const reference = value_of(whole_method(), configuration_view.metric);
  const seeds = study.seeds.length > 1 && score ? score.by_seed : [];
  return element("tr", {class: configuration === whole_method() ? "chief" : null},
    element("th", {scope: "row"}, configuration.name),
    element("td", {class: "plot"}, drawn(scale, [reference], whisker(scale, score, "first", seeds))),
    score_cell(score),
    other_metrics.map((metric) => element("td", {class: "number lesser"}, decimal(value_of(configuration, metric)))),
    element("td", {class: "number lesser"}, decimal(configuration.valid_roc_auc)),
    element("td", {class: "number lesser"}, configuration.feature_count ? whole(configuration.feature_count) : absent));
}

function configuration_table() {
  const {metric} = configuration_view;
  const other_metrics = metrics_present().filter((other) => other !== metric);
  const scores = study.configurations.map((one) => one[metric]).filter(Boolean);
  const scale = make_scale(scores.flatMap((one) => [one.value, one.low, one.high, ...(one.by_seed || [])]), {tick_count: 6});
  const heads = [["Configuration", ""], [axis(scale), "plot"], [metric_names[metric], "number"],
    ...other_metrics.map((other) => [metric_names[other], "number lesser"]),
    ["Validation ROC-AUC", "number lesser"], ["Embedding length", "number lesser"]];
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
  const orders = [{value: "kind", text: "kind"}, {value: "value", text: "drawn metric"}, {value: "valid", text: "validation ROC-AUC"}];
  body_of("configurations").append(
    paragraph("The dot is the score, the bar its 95 % interval over ", drawn_units(),
      study.seeds.length > 1 ? ", the small ticks below are the scores of single seeds" : "",
      ". The stronger vertical line marks “", whole_method_name(), "”. Intervals of two rows may overlap although their difference is significant: for that, see ",
      element("a", {href: "#comparisons"}, "Comparisons"), "."),
    element("div", {class: "controls"}, select("Drawn", metrics, configuration_view.metric, change("metric")),
      select("Order", orders, configuration_view.order, change("order"))), place, note);
  redraw();
}
