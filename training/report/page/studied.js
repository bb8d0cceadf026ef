"use strict";

function clips_text() {
  const which = study.fold_count > 0 ? "each tested once" : `the split “${study.split}”`;
  return `${counted(study.clip_count, "clip")}, ${which}`;
}

function splitting_text() {
  if (!(study.fold_count > 0)) return "the data set’s own training, validation and test splits";
  const group = study.group ? `; all clips with the same ${study.group} are in the same fold` : "";
  return `${study.fold_count}-fold cross-validation${group}; ROC-AUC and average precision are means over the folds`;
}

function tags_text() {
  const counts = categories().map((category) =>
    `${study.tags.filter((tag) => category_of(tag) === category).length} ${category}`);
  const task = study.output === "softmax" ? "exactly one for each clip (softmax)" : "any number for each clip (sigmoid)";
  return `${whole(study.tags.length)}: ${listed(counts)}; ${task}`;
}

function repeats_text() {
  return `${counted(study.seeds.length, "training")} for each configuration, from ` +
    `${study.seeds.length === 1 ? "seed" : "the seeds"} ${listed(study.seeds.map(String))}`;
}

function intervals_text() {
  const [count, units] = [is_number(study.group_count) ? `${whole(study.group_count)} ` : "", drawn_units()];
  const copies = study.copied_clip_count > 0 ? `; ${whole(study.copied_clip_count)} of the clips are copies of others and are drawn together` : "";
  const what = study.group ? `of the ${count}${units} of the tested clips` : `of the tested ${units}`;
  return `95 %, over ${units}: from ${whole(study.resample_count)} bootstrap resamples ${what}${copies}`;
}

function draw_studied() {
  const facts = [
    ["Recipe", study.recipe], ["Data set", study.data], ["Tested on", clips_text()], ["Splitting", splitting_text()],
    ["Tags", tags_text()], ["Repeats", repeats_text()], ["Intervals", intervals_text()], ["Date", study.date],
    ["Machine", study.machine],
  ].filter(([, value]) => value);
  body_of("studied").append(
    element("dl", {class: "facts"}, facts.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value)))));
  if (study.command) {
    body_of("studied").append(paragraph("The command that made this page:"),
      element("pre", {tabindex: "0", "aria-label": "command"}, element("code", {}, study.command)));
  }
}
