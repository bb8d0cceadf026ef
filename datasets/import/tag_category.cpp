#include "datasets/import/tag_category.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "datasets/manifest/dataset.h"
#include "datasets/text/text_lines.h"

namespace earmark {
namespace {

struct Category {
    std::string_view name;
    std::string_view tags;  // between bars
};

// The tags of MagnaTagATune and the 50 most frequent of Last.fm, sorted by us: the data sets have no categories. A tag
// about singing, or its absence, is a voice; one that names an instrument or its absence, or the way of
// playing it, is an instrument.
constexpr Category categories[] = {
    {"genre",
     "alternative|alternative rock|ambient|arabic|baroque|blues|celtic|chillout|clasical|classic"
     "|classic rock|classical|country|dance|disco|eastern|easy listening|electro|electronic|electronica"
     "|experimental|folk|funk|funky|hard rock|heavy metal|hip hop|hip-hop|house|india|indian|indie"
     "|indie pop|indie rock|industrial|irish|jazz|jazzy|jungle|medieval|metal|middle eastern|new age"
     "|not classical|not opera|not rock|opera|operatic|orchestral|oriental|pop|progressive rock|punk|rap"
     "|reggae|rnb|rock|soft rock|soul|spanish|techno|trance|tribal|world"},
    {"mood",
     "airy|beautiful|calm|catchy|chill|dark|deep|different|drone|echo|eerie|fast|fast beat|happy|hard"
     "|heavy|light|loud|low|mellow|party|quiet|repetitive|sad|scary|sexy|slow|soft|space|spacey"
     "|strange|upbeat|weird"},
    {"instrument",
     "acoustic|acoustic guitar|banjo|bass|beat|beats|bells|bongos|cello|chimes|clapping|clarinet"
     "|classical guitar|drum|drums|electric|electric guitar|fiddle|flute|flutes|guitar|guitars|harp"
     "|harpsichord|harpsicord|horn|horns|keyboard|lute|no beat|no drums|no flute|no guitar|no piano"
     "|no strings|no violin|oboe|orchestra|organ|percussion|piano|piano solo|plucked|sax|sitar|solo|string"
     "|strings|synth|synthesizer|trumpet|viola|violin|violins|wind|woodwind"},
    {"voice",
     "chant|chanting|choir|choral|chorus|duet|english|female|female opera|female singer|female singing"
     "|female vocal|female vocalist|female vocalists|female vocals|female voice|foreign|girl|instrumental"
     "|male|male opera|male singer|male vocal|male vocalists|male vocals|male voice|man|man singing|men"
     "|monks|no singer|no singing|no vocal|no vocals|no voice|no voices|not english|singer|singing|soprano"
     "|talking|vocal|vocals|voice|voices|woman|woman singing|women"},
    {"era", "00s|60s|70s|80s|90s|modern|old|oldies"},
    {"other", "birds|lol|noise|silence|water"},
};

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](unsigned char letter) { return std::tolower(letter); });
    return lower;
}

std::map<std::string_view, std::string_view> categories_of_tags() {
    std::map<std::string_view, std::string_view> by_tag;
    for (const Category& category : categories) {
        for (const auto tag : split_text(category.tags, '|')) by_tag.emplace(tag, category.name);
    }
    return by_tag;
}

}  // namespace

std::string label_of_tag(std::string_view tag) {
    static const auto by_tag = categories_of_tags();
    const auto place = by_tag.find(lower_case(tag));
    return label_in_category(place == by_tag.end() ? "other" : place->second, tag);
}

std::string label_in_category(std::string_view category, std::string_view tag) {
    if (category.empty() || tag.find("---") != std::string_view::npos) return label_spelling(tag);
    return std::string(category) + "---" + label_spelling(tag);
}

void add_label(std::vector<std::string>& labels, std::string label) {
    if (std::ranges::find(labels, label) == labels.end()) labels.push_back(std::move(label));
}

}  // namespace earmark
