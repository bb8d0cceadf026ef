"use strict";

let study = null;

const metric_names = {
  roc_auc: "ROC-AUC", average_precision: "Average precision", accuracy: "Accuracy", balanced_accuracy: "Balanced accuracy",
};

const category_order = ["genre", "mood", "instrument", "voice", "era", "other"];

const study_format = 2;

function read_study() {
  const read = JSON.parse(document.getElementById("study").textContent);
  if (read.format !== study_format) throw new Error(`the data has format ${read.format}; this page reads format ${study_format}`);
  for (const key of ["tags", "configurations", "comparisons", "learning_curves", "filters", "hardest_clips", "seeds", "answers", "paper"]) {
    read[key] = read[key] || [];
  }
  return read;
}

// `scales` is a list of segment_frames, "all", or null, as in study.json.
function same_scales(a, b) {
  return Array.isArray(a) && Array.isArray(b) ? a.length === b.length && a.every((scale, i) => scale === b[i]) : a === b;
}

function configuration_of(kind, scales = null) {
  return study.configurations.find((one) => one.kind === kind && same_scales(one.scales, scales)) || null;
}

function configuration_with(id) {
  return study.configurations.find((one) => one.id === id) || null;
}

function name_of(id) {
  const configuration = configuration_with(id);
  return configuration ? configuration.name : "a configuration that the study does not have";
}

// All levels of all scales: what a model is made of. As in the program, the last one where a study lacks it.
function whole_method() {
  return configuration_of("all_levels", "all") || study.configurations[study.configurations.length - 1] || null;
}

function whole_method_name() {
  const configuration = whole_method();
  return configuration ? configuration.name : "the whole method";
}

// The scale of a configuration that has only one.
function scale_of({scales}) {
  return Array.isArray(scales) && scales.length === 1 ? scales[0] : null;
}

// What the bootstrap draws anew: clips, or artists with all clips of each.
function drawn_units() {
  return study.group ? `${study.group}s` : "clips";
}

function value_of(configuration, metric) {
  const score = configuration && configuration[metric];
  return score && is_number(score.value) ? score.value : null;
}

function tag_score(configuration, index) {
  const of_tag = configuration && configuration.tags && configuration.tags[index];
  return (of_tag && of_tag.roc_auc) || null;
}

function tag_value(configuration, index) {
  const score = tag_score(configuration, index);
  return score && is_number(score.value) ? score.value : null;
}

function of_one_scale(kind) {
  return study.configurations.filter((configuration) => configuration.kind === kind && scale_of(configuration) !== null);
}

function all_scales() {
  return [...new Set(of_one_scale("all_levels").map(scale_of))].sort((a, b) => a - b);
}

// The best by validation, so that the test split chooses nothing; without validation scores the one with the longest segments.
function best_single(kind) {
  const candidates = of_one_scale(kind);
  const known = candidates.filter((configuration) => is_number(configuration.valid_roc_auc));
  if (known.length) return known.reduce((best, next) => (next.valid_roc_auc > best.valid_roc_auc ? next : best));
  return candidates.reduce((best, next) => (!best || scale_of(next) > scale_of(best) ? next : best), null);
}

function metrics_present() {
  return Object.keys(metric_names).filter((metric) =>
    study.configurations.some((configuration) => is_number(value_of(configuration, metric))));
}

// Configuration a minus b with the paired interval, whichever way round it was measured.
function difference_between(a, b, metric) {
  for (const found of study.comparisons) {
    const {value, low, high} = found.difference || {};
    if (found.metric !== metric) continue;
    if (found.a === a.id && found.b === b.id) return {value, low, high};
    if (found.a === b.id && found.b === a.id && has_interval(found.difference)) return {value: -value, low: -high, high: -low};
  }
  const [first, second] = [a, b].map((configuration) => value_of(configuration, metric));
  return {value: is_number(first) && is_number(second) ? first - second : null, low: null, high: null};
}

function category_of(tag) {
  return tag.category || "other";
}

function categories() {
  const found = [...new Set(study.tags.map(category_of))];
  const rank = (category) => (category_order.indexOf(category) + 1 || category_order.length + 1);
  return found.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
