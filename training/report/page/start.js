"use strict";

function draw_title() {
  const title = `Recipe “${study.recipe}” on ${study.data}`;
  document.getElementById("title").textContent = title;
  document.title = `${study.made_up ? "Made-up data: " : ""}${title} · Earmark study`;
  document.getElementById("made-up").hidden = !study.made_up;
}

// The answers to the paper's two questions, a sentence each.
function draw_answers() {
  const place = document.getElementById("answers");
  place.hidden = !study.answers.length;
  place.append(...study.answers.map(({question, sentence}) => element("li", {}, element("strong", {}, question), " ",
    `${sentence}.`)));
}

// A section that cannot be drawn shows a message and leaves the others alone.
function draw(section, draw_section) {
  try {
    draw_section();
  } catch (error) {
    body_of(section).append(element("p", {class: "warning failed"}, `This section could not be drawn: ${error.message}`));
  }
}

function start() {
  try {
    study = read_study();
  } catch (error) {
    document.querySelector("header").append(element("p", {class: "warning failed"}, `The data of this page cannot be read: ${error.message}`));
    return;
  }
  draw_title();
  draw_answers();
  const sections = {studied: draw_studied, findings: draw_findings, paper: draw_paper, configurations: draw_configurations,
    comparisons: draw_comparisons, levels: draw_levels, scales: draw_scales, tags: draw_tags, curves: draw_curves,
    confusion: draw_confusion, filters: draw_filters, hardest: draw_hardest};
  for (const [section, draw_section] of Object.entries(sections)) draw(section, draw_section);
  document.documentElement.dataset.drawn = "yes";
}

start();
