"use strict";

let study = null;

const everything = "all levels, all sizes";
const last_of_all_sizes = "last level, all sizes";
const local_mean = "local models, mean of all sizes";
const mel_baseline = "mel mean and deviation";

const metric_names = {
  roc_auc: "ROC-AUC", average_precision: "Average precision", accuracy: "Accuracy", balanced_accuracy: "Balanced accuracy",
};

const category_order = ["genre", "mood", "instrument", "voice", "era", "other"];

function read_study() {
  const read = JSON.parse(document.getElementById("study").textContent);
  if (read.format !== 1) throw new Error(`the data has format ${read.format}; this page reads format 1`);
  for (const key of ["tags", "configurations", "comparisons", "learning_curves", "filters", "hardest_clips", "seeds", "answers", "paper"]) {
    read[key] = read[key] || [];
  }
  read.configurations.forEach((configuration) => Object.assign(configuration, role_of(configuration.name)));
  return read;
}

// What training/run/configurations.cpp means by a name: which levels, and the size in frames or "all".
function role_of(name) {
  const found = /^(local model|last level|all levels|level \d+), (?:(\d+) frames|all sizes)$/.exec(name);
  if (found) return {features: found[1], size: found[2] ? Number(found[2]) : "all"};
  return name === local_mean ? {features: "local model", size: "all"} : {features: "other", size: null};
}

// What the bootstrap draws anew: clips, or artists with all clips of each.
function drawn_units() {
  return study.group ? `${study.group}s` : "clips";
}

function configuration_named(name) {
  return study.configurations.find((configuration) => configuration.name === name) || null;
}

function value_of(configuration, metric) {
  const figure = configuration && configuration[metric];
  return figure && is_number(figure.value) ? figure.value : null;
}

function tag_figure(configuration, index) {
  const of_tag = configuration && configuration.tags && configuration.tags[index];
  return (of_tag && of_tag.roc_auc) || null;
}

function tag_value(configuration, index) {
  const figure = tag_figure(configuration, index);
  return figure && is_number(figure.value) ? figure.value : null;
}

function with_features(features) {
  return study.configurations.filter((configuration) => configuration.features === features && is_number(configuration.size));
}

function sizes() {
  return [...new Set(with_features("all levels").map((configuration) => configuration.size))].sort((a, b) => a - b);
}

// The best by validation, so that the test part chooses nothing; without validation figures the longest segments.
function best_single(features) {
  const candidates = with_features(features);
  const known = candidates.filter((configuration) => is_number(configuration.valid_roc_auc));
  if (known.length) return known.reduce((best, next) => (next.valid_roc_auc > best.valid_roc_auc ? next : best));
  return candidates.reduce((best, next) => (!best || next.size > best.size ? next : best), null);
}

function metrics_present() {
  return Object.keys(metric_names).filter((metric) =>
    study.configurations.some((configuration) => is_number(value_of(configuration, metric))));
}

// a less b with its paired interval, whichever way round it was measured.
function difference_between(a, b, metric) {
  for (const found of study.comparisons) {
    const {value, low, high} = found.difference || {};
    if (found.metric !== metric) continue;
    if (found.a === a && found.b === b) return {value, low, high};
    if (found.a === b && found.b === a && has_interval(found.difference)) return {value: -value, low: -high, high: -low};
  }
  const [first, second] = [a, b].map((name) => value_of(configuration_named(name), metric));
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
