"use strict";

function questions() {
  const [whole, best, asked] = [configuration_of("all_levels", "all"), best_single("all_levels"), []];
  const chosen = best && is_number(best.valid_roc_auc) ? "the single scale that was best by validation" : "the longest single scale";
  asked.push({question: "Are all levels better than the last level alone?", a: whole, b: configuration_of("last_level", "all")});
  if (all_scales().length > 1) {
    asked.push({question: "Are all scales better than the best single scale?", a: whole, b: best,
      remark: `“${best.name}” is ${chosen}. The paper reports +0.0015 (MTAT) and +0.0025 (MSD).`});
  }
  asked.push({question: "Is the classifier on the embedding better than the local models?", a: whole, b: configuration_of("local_model", "all"),
    remark: "The paper reports +0.0036 (MTAT) and +0.0095 (MSD)."});
  asked.push({question: "Is the embedding better than mel statistics?", a: whole, b: configuration_of("mel_statistics")});
  for (const external of study.configurations.filter(({kind}) => kind === "external")) {
    asked.push({question: `Are they better than the external embeddings “${external.name}”?`, a: whole, b: external});
  }
  return asked.filter(({a, b}) => a && b);
}

function verdict(difference) {
  const {value, low, high} = difference;
  if (!is_number(value)) return {word: "Not known", remark: "A score is missing."};
  if (!has_interval(difference)) return {word: "No interval", remark: "No paired interval was measured for this difference."};
  if (low > 0) return {word: "Better", remark: "The whole interval is above zero: the difference is significant."};
  if (high < 0) return {word: "Worse", remark: "The whole interval is below zero: it is significantly worse."};
  return {word: "Not significant",
    remark: `The interval includes zero: with ${counted(study.clip_count, "test clip")} the difference is not significant.`};
}

function finding_sentence(a, b, metric, difference) {
  const [first, second] = [a, b].map((configuration) => value_of(configuration, metric))
    .map((value) => (is_number(value) ? decimal(value) : "(not known)"));
  const interval = has_interval(difference) ? ` (95 % interval ${interval_text(difference, difference_text)})` : "";
  return `“${capital(a.name)}” has ${metric === "roc_auc" ? "ROC-AUC" : metric_names[metric].toLowerCase()} ${first}, “${b.name}” ${second}: a difference of ` +
    `${difference_text(difference.value)}${interval}. `;
}

// Where one metric has intervals, those without add nothing.
function measured_findings() {
  const metrics = study.output === "softmax" ? ["roc_auc", "accuracy"] : ["roc_auc"];
  return questions().map((asked) => {
    const measured = metrics.map((metric) => ({metric, difference: difference_between(asked.a, asked.b, metric)}));
    const sure = measured.filter(({difference}) => has_interval(difference));
    return {...asked, measured: sure.length ? sure : measured.slice(0, 1)};
  });
}

function finding(scale, {question, a, b, remark, measured}) {
  const words = measured.map(({metric, difference}) => ({metric, word: verdict(difference).word}));
  const agree = words.every(({word}) => word === words[0].word);
  return element("article", {class: "finding"},
    element("h3", {}, question),
    element("p", {class: "verdict"}, agree ? words[0].word
      : words.map(({metric, word}) => element("span", {}, element("small", {}, metric_names[metric]), ` ${word} `))),
    element("div", {}, measured.map(({metric, difference}, i) => [
      drawn(scale, [0], whisker(scale, difference, i === 0 ? "first" : "second")),
      paragraph(finding_sentence(a, b, metric, difference), verdict(difference).remark)]),
    remark ? element("p", {class: "remark"}, remark) : null));
}

function draw_findings() {
  const findings = measured_findings();
  if (!findings.length) {
    body_of("findings").append(paragraph("The study has none of the configurations that the paper’s questions are about."));
    return;
  }
  const ends = findings.flatMap(({measured}) => measured.flatMap(({difference}) => [difference.value, difference.low, difference.high]));
  const scale = make_scale(ends, {with_zero: true});
  body_of("findings").append(
    element("div", {class: "findings"},
      element("div", {class: "finding head", "aria-hidden": "true"}, element("span"), element("span"), axis(scale, signed)),
      findings.map((one) => finding(scale, one))));
}
