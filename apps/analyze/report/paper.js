"use strict";

// Lee & Nam 2017, from the authors' slides; GTZAN is the accuracy on the fault-filtered split.
const paper_rows = [
  {model: "Local model (mean over segments)", mtat: 0.8981, msd: 0.8783, ours: () => best_single("local model")},
  {model: "Multi-level", mtat: 0.9002, msd: 0.8853, ours: () => best_single("all levels")},
  {model: "Multi-level and multi-scale", mtat: 0.9017, msd: 0.8878, ours: () => configuration_named(everything)},
  {model: "The same, pre-trained on MSD", mtat: 0.9021, gtzan: 0.72, ours: () => null},
];

function own_cell(configuration, metric) {
  if (!configuration) return element("td", {class: "number"}, absent);
  const figure = configuration[metric];
  return element("td", {class: "number"}, element("strong", {}, decimal(value_of(configuration, metric))),
    has_interval(figure) ? element("small", {}, interval_text(figure)) : null,
    metric === "roc_auc" ? element("small", {}, configuration.name) : null);
}

function paper_row({model, mtat, msd, gtzan, ours}, own_metrics) {
  const configuration = ours();
  return element("tr", {}, element("th", {scope: "row"}, model),
    element("td", {class: "number"}, decimal(mtat, 4)), element("td", {class: "number"}, decimal(msd, 4)),
    element("td", {class: "number"}, decimal(gtzan, 3)), own_metrics.map((metric) => own_cell(configuration, metric)));
}

function draw_paper() {
  const own_metrics = study.output === "softmax" ? ["roc_auc", "accuracy"] : ["roc_auc"];
  const head = element("thead", {},
    element("tr", {}, element("td"), element("th", {scope: "colgroup", colspan: 3}, "The paper"),
      element("th", {scope: "colgroup", colspan: own_metrics.length}, `This study: ${study.data}`)),
    element("tr", {}, element("th", {scope: "col"}, "Model"), element("th", {scope: "col"}, "MTAT", element("small", {}, "ROC-AUC")),
      element("th", {scope: "col"}, "MSD", element("small", {}, "ROC-AUC")),
      element("th", {scope: "col"}, "GTZAN", element("small", {}, "accuracy")),
      own_metrics.map((metric) => element("th", {scope: "col"}, metric_names[metric], element("small", {}, "95 % interval")))));
  const table = element("table", {class: "paper"}, head, element("tbody", {}, paper_rows.map((row) => paper_row(row, own_metrics))));
  body_of("paper").append(framed(table, "The paper’s table beside this study"),
    element("p", {class: "remark"}, "The columns are not to be compared with each other: the paper tested on 4,332 clips of MTAT and " +
      `28,435 of MSD, this study on ${counted(study.clip_count, "clip")} of ${study.data} with other tags and another amount of ` +
      "training music. What may be compared is the order of the rows. Where the study has several sizes, the local and the " +
      "multi-level model are of the size that was best on the validation part."));
}
