"use strict";

function confusion_cell(count, shade, is_right) {
  // At most 55 % of the color, on which the text keeps its contrast.
  return element("td", {class: is_right ? "right" : null, "--share": `${Math.round(55 * shade)}%`},
    element("span", {class: count === 0 ? "nothing" : null}, whole(count)));
}

function confusion_table({labels, counts}) {
  const sums = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const share = (count, truth) => (sums[truth] ? count / sums[truth] : 0);
  const greatest = Math.max(...counts.flatMap((row, truth) => row.map((count) => share(count, truth)))) || 1;
  return element("table", {class: "confusion"},
    element("thead", {},
      element("tr", {}, element("td"), element("th", {scope: "colgroup", colspan: labels.length, class: "over"}, "predicted"), element("td")),
      element("tr", {}, element("th", {scope: "col"}, "true label"),
        labels.map((label) => element("th", {scope: "col", class: "upright"}, element("span", {}, label))), element("th", {scope: "col", class: "number"}, "correct"))),
    element("tbody", {}, counts.map((row, truth) => element("tr", {}, element("th", {scope: "row"}, labels[truth]),
      row.map((count, predicted) => confusion_cell(count, share(count, truth) / greatest, truth === predicted)),
      element("td", {class: "number"}, sums[truth] ? percent(row[truth] / sums[truth]) : absent)))));
}

function common_confusions({labels, counts}) {
  const pairs = counts.flatMap((row, truth) => row.map((count, predicted) =>
    ({count, truth: labels[truth], predicted: labels[predicted], wrong: truth !== predicted})));
  const most = pairs.filter(({wrong, count}) => wrong && count > 0).sort((a, b) => b.count - a.count).slice(0, 3);
  return most.length ? `Most often confused: ${listed(most.map(({truth, predicted, count}) => `${truth} predicted as ${predicted} (${count})`))}.` : "Nothing was confused.";
}

function draw_confusion() {
  if (!study.confusion) {
    body_of("confusion").append(paragraph(study.output === "softmax" ? "The study has no confusion matrix."
      : "A clip may have several tags here, so there is no confusion matrix."));
    return;
  }
  body_of("confusion").append(paragraph("Clips, counted by their true label (row) and the label that “", whole_method_name(), "” predicts (column)",
    study.seeds.length > 1 ? `, each clip once for each of ${study.seeds.length} seeds` : "",
    ". The shade is the share of the row; outlined cells are correct. ", common_confusions(study.confusion)), framed(confusion_table(study.confusion), "Confusion matrix"));
}
