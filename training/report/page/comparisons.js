"use strict";

function comparison_row(found, scale, both_names) {
  const {value} = found.difference || {};
  return element("tr", {}, element("th", {scope: "row"}, name_of(found.a), both_names ? element("small", {}, `compared with ${name_of(found.b)}`) : null),
    element("td", {class: "plot"}, drawn(scale, [0], whisker(scale, found.difference))),
    element("td", {class: "number"}, element("strong", {}, difference_text(value)),
      has_interval(found.difference) ? element("small", {}, interval_text(found.difference, difference_text)) : null),
    element("td", {class: "number lesser"}, percent(found.not_better_share)));
}

function comparison_table(comparisons, both_names) {
  const ends = comparisons.flatMap(({difference}) => (difference ? [difference.value, difference.low, difference.high] : []));
  const scale = make_scale(ends, {with_zero: true});
  return element("table", {class: "named"}, element("thead", {}, element("tr", {},
    element("th", {scope: "col"}, both_names ? "First, compared with second" : "Configuration"),
    element("th", {scope: "col", class: "plot"}, unseen("drawn"), axis(scale, signed)),
    element("th", {scope: "col", class: "number"}, "Difference"),
    element("th", {scope: "col", class: "number lesser"}, "Resamples in which the first was not better"))),
  both_names ? comparison_bodies(comparisons, (found) => comparison_row(found, scale, true))
    : element("tbody", {}, comparisons.map((found) => comparison_row(found, scale, false))));
}

// A group for each of the paper's questions, so that a long list stays readable.
const comparison_groups = [
  {title: "All levels compared with the last level", has: (a, b) => a.kind === "all_levels" && b.kind === "last_level"},
  {title: "All scales compared with some of them", has: (a, b) => a.kind === "all_levels" && b.kind === "all_levels"},
  {title: "The whole method compared with something else", has: () => true},
];

function comparison_bodies(comparisons, row) {
  const groups = comparison_groups.map(({title}) => ({title, rows: []}));
  for (const found of comparisons) {
    const [a, b] = [found.a, found.b].map((id) => configuration_with(id) || {});
    groups[comparison_groups.findIndex(({has}) => has(a, b))].rows.push(found);
  }
  return groups.filter(({rows}) => rows.length).map(({title, rows}) => element("tbody", {},
    element("tr", {class: "group"}, element("th", {scope: "rowgroup", colspan: 4}, title)), rows.map(row)));
}

function comparison_tables(comparisons, both_names, label) {
  return Object.keys(metric_names).map((metric) => {
    const found = comparisons.filter((one) => one.metric === metric);
    return found.length ? [element("h3", {}, `${label}: ${metric_names[metric]}`),
      framed(comparison_table(found, both_names), `${label}, ${metric_names[metric]}`)] : [];
  }).flat();
}

function draw_comparisons() {
  const place = body_of("comparisons");
  if (study.comparisons.length) {
    place.append(paragraph("The difference of the first minus the second, both measured on the same resampled ", drawn_units(), ": the dot is the difference, the " +
      "bar its 95 % interval. To the right of the stronger line, zero, the first is better. The last column is the share of resamples in which it was not."),
    ...comparison_tables(study.comparisons, true, "Within this study"));
  } else {
    place.append(paragraph("The study has no comparisons within itself."));
  }
  if (!study.other_study) return;
  place.append(...comparison_tables(study.other_study.comparisons, false,
    `Recipe “${study.recipe}” compared with recipe “${study.other_study.recipe}”`),
  element("p", {class: "remark"}, `Left of zero the recipe “${study.other_study.recipe}” is better, right of zero “${study.recipe}”.`));
}
