"use strict";

// Scores of tags with a handful of positive clips are not reliable; they can be shown, but are not at first.
function first_least_count() {
  const enough = study.tags.filter((tag) => tag.positive_count >= 5).length;
  return enough * 2 >= study.tags.length ? 5 : 1;
}

function baseline_value(index) {
  const baseline = configuration_of("mel_statistics");
  return baseline ? tag_value(baseline, index) : 0.5;
}

function gain(configuration, index) {
  const [value, base] = [tag_value(configuration, index), baseline_value(index)];
  return is_number(value) && is_number(base) ? value - base : null;
}

function gain_groups(columns, view) {
  const chief = columns.length - 1;
  const orders = {
    gain: (a, b) => descending(a.gains[chief], b.gains[chief]),
    positives: (a, b) => descending(a.tag.positive_count, b.tag.positive_count),
    name: (a, b) => a.tag.name.localeCompare(b.tag.name),
  };
  const rows = study.tags.map((tag, index) => ({tag, gains: columns.map(({configuration}) => gain(configuration, index))}))
    .filter(({tag}) => !(tag.positive_count < view.least_count));
  return categories().map((category) => {
    const of_category = rows.filter(({tag}) => category_of(tag) === category).sort(orders[view.order]);
    return {category, rows: of_category, means: columns.map((_, i) => mean(of_category.map(({gains}) => gains[i])))};
  }).filter((group) => group.rows.length);
}

function gain_cell(scale, value) {
  return element("td", {class: "gain"}, drawn(scale, [0], bar(scale, value)), element("span", {class: "figure"}, signed(value)));
}

// Next to the tag on a narrow screen, where there is no column for it.
function count_next_to_tag({positive_count}) {
  return element("small", {class: "own-count"}, ` ${whole(positive_count)}`, unseen(" positive clips"));
}

function gain_body({category, rows, means}, scale) {
  return element("tbody", {},
    element("tr", {class: "group"}, element("th", {scope: "row"}, capital(category), element("small", {}, `mean of ${counted(rows.length, "tag")}`)),
      element("td", {class: "number count"}), means.map((value) => gain_cell(scale, value))),
    rows.map(({tag, gains}) => element("tr", {}, element("th", {scope: "row"}, tag.name, count_next_to_tag(tag)),
      element("td", {class: "number count"}, whole(tag.positive_count)), gains.map((value) => gain_cell(scale, value)))));
}

function gain_scale(groups) {
  return make_scale(groups.flatMap(({rows}) => rows.flatMap(({gains}) => gains)), {with_zero: true, tight: true, tick_count: 5});
}

// The columns are narrow: zero and the outermost ticks.
function ends_of(scale) {
  const {ticks} = scale;
  const outer = [ticks[0], ticks[ticks.length - 1]];
  return ticks.filter((tick) => tick === 0 || outer.includes(tick));
}

function gain_table(columns, groups) {
  const scale = gain_scale(groups);
  return element("table", {class: "gains"},
    element("thead", {}, element("tr", {}, element("th", {scope: "col", class: "tag"}, "Tag", element("small", {class: "own-count"}, " positive clips")),
      element("th", {scope: "col", class: "number count"}, "Positive", element("small", {}, "clips")),
      columns.map(({title}) => element("th", {scope: "col", class: "gain"}, title, axis({...scale, ticks: ends_of(scale)}, signed, 3))))),
    groups.map((group) => gain_body(group, scale)));
}

// One table: `columns_of(choice)` gives the configurations that are drawn side by side, the last of them orders the tags.
function draw_gains(section, introduction, choice_label, choices, first_choice, columns_of) {
  const view = {choice: first_choice, least_count: first_least_count(), order: "gain"};
  const [place, note] = [element("div"), element("p", {class: "remark", role: "status"})];
  const redraw = () => {
    const columns = columns_of(view.choice).filter(({configuration}) => configuration);
    const groups = gain_groups(columns, view);
    const shown_count = groups.reduce((sum, {rows}) => sum + rows.length, 0);
    const hidden_count = study.tags.length - shown_count;
    note.textContent = (shown_count ? `The stronger line is zero, the others are ${decimal(gain_scale(groups).step, tick_digits(gain_scale(groups)))} apart. ` : "") +
      (hidden_count ? `${counted(hidden_count, "tag")} with fewer positive clips not shown; the means leave them out too.` : "");
    place.replaceChildren(columns.length && shown_count ? framed(gain_table(columns, groups), "Gain for each tag")
      : paragraph("Nothing to show with these settings."));
  };
  const change = (key) => (value) => { view[key] = value; redraw(); };
  const orders = [{value: "gain", text: "gain in the last column"}, {value: "positives", text: "positive clips"}, {value: "name", text: "name"}];
  body_of(section).append(paragraph(introduction), element("div", {class: "controls"},
    select(choice_label, choices, view.choice, change("choice")),
    number_input("Fewest positive clips", view.least_count, study.clip_count, change("least_count")),
    select("Order within a category", orders, view.order, change("order"))), place, note);
  redraw();
}

function baseline_text() {
  const baseline = configuration_of("mel_statistics");
  return baseline ? `Gain in ROC-AUC over the baseline “${baseline.name}”`
    : "Gain in ROC-AUC over a random ranking (0.5), as the study has no baseline of mel statistics";
}

const bars_text = "Blue bars to the right are gains, hatched ones to the left losses; a bold row is the mean of a category.";

function level_columns(choice) {
  const scale = Number(choice);
  const single = of_one_scale("one_level").filter((one) => scale_of(one) === scale).sort((a, b) => a.level - b.level);
  const last_title = single.length ? `Last (level ${single.length + 1})` : "Last level";
  return [...single.map((configuration) => ({title: `Level ${configuration.level}`, configuration})),
    {title: last_title, configuration: configuration_of("last_level", [scale])},
    {title: "All levels", configuration: configuration_of("all_levels", [scale])}];
}

function draw_levels() {
  const scales = all_scales();
  if (!scales.length) return void body_of("levels").append(paragraph("The study has no configurations of single scales."));
  draw_gains("levels", `${baseline_text()}, for each tag: by each level of one network alone and by all of them. ${bars_text}`, "Network of",
    scales.map((scale) => ({value: scale, text: `${scale} frames`})), scale_of(best_single("all_levels")), level_columns);
}

function single_columns(kind) {
  return all_scales().map((scale) => ({title: `${scale} frames`, configuration: configuration_of(kind, [scale])}));
}

// The smallest scale, then one more at a time: "18 and 27 frames", "18 to 54 frames".
function joined_columns(kind) {
  const unions = study.configurations.filter((one) => one.kind === kind && Array.isArray(one.scales) && one.scales.length > 1);
  return [single_columns(kind)[0], ...unions.map((configuration) => {
    const {scales} = configuration;
    const title = scales.length > 2 ? `${scales[0]} to ${scales[scales.length - 1]} frames` : `${listed(scales.map(String))} frames`;
    return {title, configuration};
  })];
}

function scale_choices() {
  return [{kind: "all_levels", name: "all levels"}, {kind: "last_level", name: "last level"}].flatMap(({kind, name}) => [
    {value: kind, text: `${name}, each scale alone`, kind, columns: single_columns},
    ...(joined_columns(kind).length > 1 ? [{value: `${kind} joined`, text: `${name}, scales joined one by one`, kind, columns: joined_columns}] : [])]);
}

function scale_columns(choice) {
  const {kind, columns} = scale_choices().find(({value}) => value === choice);
  return [...columns(kind), {title: "All scales", configuration: configuration_of(kind, "all")}];
}

function draw_scales() {
  if (!all_scales().length) return void body_of("scales").append(paragraph("The study has no configurations of single scales."));
  draw_gains("scales", `${baseline_text()}, for each tag: by each scale alone and by all scales together. ${bars_text}`,
    "Levels and scales", scale_choices(), "all_levels", scale_columns);
}
