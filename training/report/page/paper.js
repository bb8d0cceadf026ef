"use strict";

function own_cell(configuration, metric) {
  if (!configuration) return element("td", {class: "number"}, absent);
  const score = configuration[metric];
  return element("td", {class: "number"}, element("strong", {}, decimal(value_of(configuration, metric))),
    has_interval(score) ? element("small", {}, interval_text(score)) : null,
    metric === "roc_auc" ? element("small", {}, configuration.name) : null);
}

function paper_row({model, mtat_roc_auc, msd_roc_auc, gtzan_accuracy, configuration}, own_metrics) {
  return element("tr", {}, element("th", {scope: "row"}, capital(model)),
    element("td", {class: "number"}, decimal(mtat_roc_auc, 4)), element("td", {class: "number"}, decimal(msd_roc_auc, 4)),
    element("td", {class: "number"}, decimal(gtzan_accuracy, 3)),
    own_metrics.map((metric) => own_cell(configuration_with(configuration), metric)));
}

function draw_paper() {
  if (!study.paper.length) return void body_of("paper").append(paragraph("The study does not hold the paper’s table."));
  const own_metrics = study.output === "softmax" ? ["roc_auc", "accuracy"] : ["roc_auc"];
  const head = element("thead", {},
    element("tr", {}, element("td"), element("th", {scope: "colgroup", colspan: 3}, "The paper"),
      element("th", {scope: "colgroup", colspan: own_metrics.length}, `This study: ${study.data}`)),
    element("tr", {}, element("th", {scope: "col"}, "Model"), element("th", {scope: "col"}, "MTAT", element("small", {}, "ROC-AUC")),
      element("th", {scope: "col"}, "MSD", element("small", {}, "ROC-AUC")),
      element("th", {scope: "col"}, "GTZAN", element("small", {}, "accuracy")),
      own_metrics.map((metric) => element("th", {scope: "col"}, metric_names[metric], element("small", {}, "95 % interval")))));
  const table = element("table", {class: "paper"}, head, element("tbody", {}, study.paper.map((row) => paper_row(row, own_metrics))));
  body_of("paper").append(
    paragraph("Left: what the paper reports. Right: the corresponding model of this study, with its name."),
    framed(table, "The paper’s table and this study"),
    element("p", {class: "remark"}, "The columns are not to be compared with each other: the paper tested on 4,332 clips of MTAT and " +
      `28,435 of MSD, this study on ${counted(study.clip_count, "clip")} of ${study.data} with other tags and another amount of ` +
      "training music. What can be compared is the order of the rows. Where the study has several scales, the local and the " +
      "multi-level model are of the scale whose levels together were best on the validation split. The paper’s scores are from the authors’ slides; " +
      "GTZAN is its fault-filtered split."));
}
