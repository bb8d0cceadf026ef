"use strict";

// Tags with a handful of positive clips have figures that say little; they can be shown, but are not at first.
function first_least_count() {
  const enough = study.tags.filter((tag) => tag.positive_count >= 5).length;
  return enough * 2 >= study.tags.length ? 5 : 1;
}

function baseline_value(index) {
  const baseline = configuration_named(mel_baseline);
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

function gain_body({category, rows, means}, scale) {
  return element("tbody", {},
    element("tr", {class: "group"}, element("th", {scope: "row"}, capital(category), element("small", {}, `mean of ${counted(rows.length, "tag")}`)),
      element("td", {class: "number count"}), means.map((value) => gain_cell(scale, value))),
    rows.map(({tag, gains}) => element("tr", {}, element("th", {scope: "row"}, tag.name),
      element("td", {class: "number count"}, whole(tag.positive_count)), gains.map((value) => gain_cell(scale, value)))));
}

function gain_scale(groups) {
  return make_scale(groups.flatMap(({rows}) => rows.flatMap(({gains}) => gains)), {with_zero: true, tight: true, tick_count: 5});
}

// The columns are narrow: zero, and the outermost ticks where they have room beside it.
function ends_of(scale) {
  const {ticks, place} = scale;
  const outer = [ticks[0], ticks[ticks.length - 1]];
  return ticks.filter((tick) => tick === 0 || (outer.includes(tick) && Math.abs(place(tick) - place(0)) > 25));
}

function gain_table(columns, groups) {
  const scale = gain_scale(groups);
  return element("table", {class: "gains"},
    element("thead", {}, element("tr", {}, element("th", {scope: "col", class: "tag"}, "Tag"),
      element("th", {scope: "col", class: "number count"}, "Positive", element("small", {}, "clips")),
      columns.map(({title}) => element("th", {scope: "col", class: "gain"}, title, axis({...scale, ticks: ends_of(scale)}, signed, 3))))),
    groups.map((group) => gain_body(group, scale)));
}

// One figure: `columns_of(choice)` gives the configurations that are drawn side by side, the last of them orders the tags.
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
    number_input("Least positive clips", view.least_count, study.clip_count, change("least_count")),
    select("Order within a category", orders, view.order, change("order"))), place, note);
  redraw();
}

function baseline_text() {
  return configuration_named(mel_baseline) ? `ROC-AUC gained over the baseline “${mel_baseline}”`
    : "ROC-AUC gained over chance (0.5), as the study has no baseline of mel statistics";
}

const bars_text = "Blue bars to the right are gains, hatched ones to the left losses; a bold row is the mean of a category.";

function level_columns(size) {
  const single = study.configurations.filter((one) => one.size === Number(size) && /^level \d/.test(one.features))
    .sort((a, b) => a.features.localeCompare(b.features, "en", {numeric: true}));
  const last_title = single.length ? `Last (level ${single.length + 1})` : "Last level";
  return [...single.map((configuration) => ({title: capital(configuration.features), configuration})),
    {title: last_title, configuration: configuration_named(`last level, ${size} frames`)},
    {title: "All levels", configuration: configuration_named(`all levels, ${size} frames`)}];
}

function draw_levels() {
  if (!sizes().length) return void body_of("levels").append(paragraph("The study has no configurations of single sizes."));
  draw_gains("levels", `${baseline_text()}, for each tag: by each level of one network alone and by all of them. ${bars_text}`, "Network of", sizes().map((size) => ({value: size, text: `${size} frames`})),
  best_single("all levels").size, level_columns);
}

const joined = ", joined";

function single_columns(features) {
  return sizes().map((size) => ({title: `${size} frames`, configuration: configuration_named(`${features}, ${size} frames`)}));
}

// The smallest size, then one more at a time: "18 and 27 frames", "18 to 54 frames".
function joined_columns(features) {
  const unions = study.configurations.filter(({name}) => name.startsWith(`${features}, `) && / and \d+ frames$/.test(name));
  const numbers = ({name}) => name.match(/\d+/g).map(Number);
  return [single_columns(features)[0], ...unions.map((configuration) => {
    const found = numbers(configuration);
    return {title: found.length > 2 ? `${found[0]} to ${found[found.length - 1]} frames` : `${listed(found.map(String))} frames`, configuration};
  })];
}

function scale_columns(choice) {
  const features = choice.replace(joined, "");
  return [...(choice.endsWith(joined) ? joined_columns(features) : single_columns(features)),
    {title: "All sizes", configuration: configuration_named(`${features}, all sizes`)}];
}

function scale_choices() {
  return ["all levels", "last level"].flatMap((features) => [{value: features, text: `${features}, each size alone`},
    ...(joined_columns(features).length > 1 ? [{value: features + joined, text: `${features}, sizes joined one by one`}] : [])]);
}

function draw_scales() {
  if (!sizes().length) return void body_of("scales").append(paragraph("The study has no configurations of single sizes."));
  draw_gains("scales", `${baseline_text()}, for each tag: by each size of segments alone and by all sizes together. ${bars_text}`,
    "Features", scale_choices(), "all levels", scale_columns);
}
