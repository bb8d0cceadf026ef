"use strict";

// From the folder of the page: a page that was given to somebody else names no folder of its maker.
function url_of_file(path) {
  return "./" + path.split("/").map(encodeURIComponent).join("/");
}

function player_failed(file) {
  const reason = location.protocol === "file:" ? "Not there, or of a kind that this browser does not play:"
    : "A browser plays files from disk only when this page is opened from disk too. The file:";
  return element("p", {class: "remark player"}, `${reason} `, element("code", {}, file));
}

function player(clip) {
  if (!clip.file) return element("p", {class: "remark player"}, "It is not known where the file is.");
  const audio = element("audio", {controls: true, preload: "metadata", src: url_of_file(clip.file), "aria-label": `Play ${clip.path}`});
  audio.addEventListener("error", () => audio.replaceWith(player_failed(clip.file)));
  return audio;
}

function probability_list(title, entries, kind, truths = []) {
  if (!entries || !entries.length) return null;
  const sorted = [...entries].sort((a, b) => descending(a.probability, b.probability));
  return element("div", {class: `probabilities ${kind}`}, element("h4", {}, title), element("ul", {}, sorted.map(({tag, probability}) =>
    element("li", {}, element("span", {class: "tag"}, tag, truths.includes(tag) ? element("small", {}, " true") : null), element("span", {class: "meter", "aria-hidden": "true", "--share": `${100 * (probability || 0)}%`}),
      element("span", {class: "number"}, percent(probability))))));
}

function clip_card(clip, number) {
  return element("article", {class: "clip"}, element("h3", {}, element("span", {class: "rank"}, `${number + 1}`), clip.path),
    paragraph("True tags: ", element("strong", {}, listed(clip.truths || []) || "none"), ` · loss ${decimal(clip.loss, 2)}`),
    player(clip), probability_list("Predicted", clip.predicted, "plus", clip.truths), probability_list("True, but less probable", clip.missed, "minus"));
}

function draw_hardest() {
  if (!study.hardest_clips.length) return void body_of("hardest").append(paragraph("The study names no clips."));
  body_of("hardest").append(paragraph("The tested clips with the greatest loss of “", whole_method_name(), "”: the mean over the tags of −ln of the probability given to the truth. " +
      "The blue bars are the tags with the highest predicted probability, right or wrong; the orange ones are the clip’s other tags. " +
      "Often the label is wrong; listen to the clip."),
    element("div", {class: "cards"}, study.hardest_clips.map(clip_card)));
}
