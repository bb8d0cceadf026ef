"use strict";

function questions() {
  const [best, asked] = [best_single("all levels"), []];
  const chosen = best && is_number(best.valid_roc_auc) ? "the best single size by validation" : "the longest single size";
  asked.push({question: "Do all levels together beat the last level?", a: everything, b: last_of_all_sizes});
  if (sizes().length > 1) {
    asked.push({question: "Do several sizes together beat the best single size?", a: everything, b: best.name,
      remark: `“${best.name}” is ${chosen}. The paper reports +0.0015 (MTAT) and +0.0025 (MSD).`});
  }
  asked.push({question: "Does the classifier on the clip vector beat the local models?", a: everything, b: local_mean,
    remark: "The paper reports +0.0036 (MTAT) and +0.0095 (MSD)."});
  asked.push({question: "Do the learned features beat plain mel statistics?", a: everything, b: mel_baseline});
  for (const peer of study.configurations.filter((configuration) => configuration.kind === "other")) {
    asked.push({question: `Do they reach “${peer.name}”?`, a: everything, b: peer.name, peer: true});
  }
  return asked.filter(({a, b}) => configuration_named(a) && configuration_named(b));
}

function verdict(difference, peer) {
  const {value, low, high} = difference;
  if (!is_number(value)) return {word: "Not known", remark: "A figure is missing."};
  if (!has_interval(difference)) return {word: "No interval", remark: "No paired interval was measured for this difference."};
  if (low > 0) return {word: peer ? "Yes, better" : "Yes", remark: "The whole interval lies above zero."};
  if (high < 0) return {word: "No, worse", remark: "The whole interval lies below zero: it is worse."};
  return {word: "Not decided",
    remark: `The interval includes zero: these ${counted(study.clip_count, "clip")} do not tell which of the two is better.`};
}

function finding_sentence(a, b, metric, difference) {
  const [first, second] = [a, b].map((name) => value_of(configuration_named(name), metric))
    .map((value) => (is_number(value) ? decimal(value) : "(not known)"));
  const interval = has_interval(difference) ? ` (95 % interval ${interval_text(difference, difference_text)})` : "";
  return `“${capital(a)}” has ${metric === "roc_auc" ? "ROC-AUC" : metric_names[metric].toLowerCase()} ${first}, “${b}” ${second}: a difference of ` +
    `${difference_text(difference.value)}${interval}. `;
}

// Where one metric has intervals, those without say nothing more.
function measured_findings() {
  const metrics = study.output === "softmax" ? ["roc_auc", "accuracy"] : ["roc_auc"];
  return questions().map((asked) => {
    const figures = metrics.map((metric) => ({metric, difference: difference_between(asked.a, asked.b, metric)}));
    const sure = figures.filter(({difference}) => has_interval(difference));
    return {...asked, figures: sure.length ? sure : figures.slice(0, 1)};
  });
}

function finding(scale, {question, a, b, remark, peer, figures}) {
  const words = figures.map(({metric, difference}) => ({metric, word: verdict(difference, peer).word}));
  const agree = words.every(({word}) => word === words[0].word);
  return element("article", {class: "finding"},
    element("h3", {}, question),
    element("p", {class: "verdict"}, agree ? words[0].word
      : words.map(({metric, word}) => element("span", {}, element("small", {}, metric_names[metric]), ` ${word} `))),
    element("div", {}, figures.map(({metric, difference}, i) => [
      drawn(scale, [0], whisker(scale, difference, i === 0 ? "first" : "second")),
      paragraph(finding_sentence(a, b, metric, difference), verdict(difference, peer).remark)]),
    remark ? element("p", {class: "remark"}, remark) : null));
}

function draw_findings() {
  const findings = measured_findings();
  if (!findings.length) {
    body_of("findings").append(paragraph("The study has none of the configurations that the paper’s questions are about."));
    return;
  }
  const ends = findings.flatMap(({figures}) => figures.flatMap(({difference}) => [difference.value, difference.low, difference.high]));
  const scale = make_scale(ends, {with_zero: true});
  body_of("findings").append(
    element("div", {class: "findings"},
      element("div", {class: "finding head", "aria-hidden": "true"}, element("span"), element("span"), axis(scale, signed)),
      findings.map((one) => finding(scale, one))));
}
