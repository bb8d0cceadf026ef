"use strict";

function questions() {
  const [whole, best, asked] = [configuration_of("all_levels", "all"), best_single("all_levels"), []];
  const chosen = best && is_number(best.valid_roc_auc) ? "the single scale that was best by validation" : "the longest single scale";
  asked.push({question: "Are all levels better than the last level alone?", a: whole, b: configuration_of("last_level", "all")});
  if (all_scales().length > 1) {
    asked.push({question: "Are all scales better than the best single scale?", a: whole, b: best,
      remark: `“${best.name}” is ${chosen}. The paper reports +0.0015 (MTAT) and +0.0025 (MSD) in ROC-AUC.`});
  }
  asked.push({question: "Is the classifier on the embedding better than the local models?", a: whole, b: configuration_of("local_model", "all"),
    remark: "The paper reports +0.0036 (MTAT) and +0.0095 (MSD) in ROC-AUC."});
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

// The metric of the study's comparisons; in another one no difference has an interval.
function compared_metrics() {
  const metrics = Object.keys(metric_names).filter((metric) => study.comparisons.some((one) => one.metric === metric));
  return metrics.length ? metrics : ["roc_auc"];
}

function finding(scale, {question, a, b, remark}, metric, difference) {
  return element("article", {class: "finding"},
    element("h3", {}, question),
    element("p", {class: "verdict"}, verdict(difference).word),
    element("div", {}, drawn(scale, [0], whisker(scale, difference)), paragraph(finding_sentence(a, b, metric, difference), verdict(difference).remark),
      remark ? element("p", {class: "remark"}, remark) : null));
}

// Each metric has a scale of its own: a difference of ROC-AUC and one of accuracy are not of one kind.
function findings_of(metric) {
  const findings = questions().map((asked) => ({asked, difference: difference_between(asked.a, asked.b, metric)}));
  const scale = make_scale(findings.flatMap(({difference}) => [difference.value, difference.low, difference.high]), {with_zero: true});
  const name = metric === "roc_auc" ? "ROC-AUC" : metric_names[metric].toLowerCase();
  return element("div", {class: "findings"},
    element("div", {class: "finding head"}, element("span"), element("span"), element("div", {}, element("small", {}, `Difference of ${name}`), axis(scale, signed))),
    findings.map(({asked, difference}) => finding(scale, asked, metric, difference)));
}

function draw_findings() {
  body_of("findings").append(...(questions().length ? compared_metrics().map(findings_of)
    : [paragraph("The study has none of the configurations that the paper’s questions are about.")]));
}
