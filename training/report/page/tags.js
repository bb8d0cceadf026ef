"use strict";

const tag_view = {first: "", second: "", order: "value", category: "all"};

function tag_rows() {
  const [first, second] = [configuration_with(tag_view.first), configuration_with(tag_view.second)];
  const rows = study.tags.map((tag, index) => ({tag, first: tag_score(first, index), second: tag_score(second, index)}))
    .filter(({tag}) => tag_view.category === "all" || category_of(tag) === tag_view.category);
  const value = (score) => score && score.value;
  const orders = {
    value: (a, b) => descending(value(a.first), value(b.first)),
    positives: (a, b) => descending(a.tag.positive_count, b.tag.positive_count),
    name: (a, b) => a.tag.name.localeCompare(b.tag.name),
  };
  return rows.sort(orders[tag_view.order]);
}

function tag_row({tag, first, second}, scale) {
  return element("tr", {}, element("th", {scope: "row"}, tag.name),
    element("td", {class: "lesser"}, category_of(tag)),
    element("td", {class: "number"}, whole(tag.positive_count)),
    element("td", {class: "plot two"}, drawn(scale, [0.5], whisker(scale, second, "second"), whisker(scale, first, "first"))),
    score_cell(first),
    tag_view.second ? element("td", {class: "number lesser"}, decimal(second && second.value)) : null);
}

function tag_table(rows) {
  const ends = rows.flatMap(({first, second}) => [first, second].filter(Boolean).flatMap((one) => [one.value, one.low, one.high]));
  const scale = make_scale([...ends, 0.5], {tick_count: 5});
  return element("table", {class: "tags"},
    element("thead", {}, element("tr", {}, element("th", {scope: "col"}, "Tag"), element("th", {scope: "col", class: "lesser"}, "Category"),
      element("th", {scope: "col", class: "number"}, "Positive", element("small", {}, "clips")),
      element("th", {scope: "col", class: "plot"}, unseen("drawn"), axis(scale)),
      element("th", {scope: "col", class: "number"}, "ROC-AUC", element("small", {}, "95 % interval")),
      tag_view.second ? element("th", {scope: "col", class: "number lesser"}, "Compared", element("small", {}, "ROC-AUC")) : null)),
    element("tbody", {}, rows.map((row) => tag_row(row, scale))));
}

function tag_legend() {
  const entry = (kind, name) => element("span", {class: "entry"},
    element("span", {class: "drawn sample", "aria-hidden": "true"}, whisker({place: (x) => 100 * x}, {value: 0.5, low: 0.05, high: 0.95}, kind)), name);
  return element("p", {class: "legend"}, entry("first", name_of(tag_view.first)), tag_view.second ? entry("second", name_of(tag_view.second)) : null);
}

function draw_tags() {
  const [chief, baseline] = [whole_method(), configuration_of("mel_statistics")];
  if (chief) tag_view.first = chief.id;
  if (baseline) tag_view.second = baseline.id;
  const place = element("div");
  const redraw = () => place.replaceChildren(tag_legend(), framed(tag_table(tag_rows()), "ROC-AUC of each tag"));
  const change = (key) => (value) => { tag_view[key] = value; redraw(); };
  const names = study.configurations.map(({id, name}) => ({value: id, text: name}));
  const all_categories = [{value: "all", text: "all"}, ...categories().map((category) => ({value: category, text: category}))];
  const orders = [{value: "value", text: "ROC-AUC"}, {value: "positives", text: "positive clips"}, {value: "name", text: "name"}];
  body_of("tags").append(paragraph("The dot is the ROC-AUC of the tag, the bar its 95 % interval over ", drawn_units(), ", below it, dashed, that of the configuration " +
      "compared with. The stronger vertical line is 0.5, a random ranking. Tags with few positive clips have wide intervals: a single clip changes their " +
      "score a lot. With one or two positive clips even the interval is not reliable, because it is computed from these clips alone."),
    element("div", {class: "controls"}, select("Configuration", names, tag_view.first, change("first")),
      select("Compared with", [{value: "", text: "nothing"}, ...names], tag_view.second, change("second")),
      select("Category", all_categories, tag_view.category, change("category")),
      select("Order", orders, tag_view.order, change("order"))), place);
  redraw();
}
