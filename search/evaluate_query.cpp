#include "search/evaluate_query.h"

#include <algorithm>
#include <cmath>

#include "search/query_tokens.h"

namespace earmark {
namespace {

// For each track whether it fits and how well.
struct Fit {
    std::vector<bool> fits;
    std::vector<float> scores;
};

Fit certain(std::vector<bool> fits) {
    std::vector<float> scores(fits.size());
    std::transform(fits.begin(), fits.end(), scores.begin(), [](bool is) { return is ? 1.0F : 0.0F; });
    return {std::move(fits), std::move(scores)};
}

// A number that is not known (NaN) is in no range.
std::vector<bool> in_range(const std::vector<double>& numbers, const NumberRange& range) {
    std::vector<bool> is_in(numbers.size());
    std::transform(numbers.begin(), numbers.end(), is_in.begin(),
                   [&](double number) { return range.contains(number); });
    return is_in;
}

Fit opposite(Fit fit) {
    fit.fits.flip();
    for (float& score : fit.scores) score = 1.0F - score;
    return fit;
}

Fit fit_of_probability(std::vector<float> probabilities, const NumberRange& range) {
    Fit fit{std::vector<bool>(probabilities.size()), std::move(probabilities)};
    // What was stored has the precision of float: 'piano=0.6' and 'piano>=0.6' mean the float next to 0.6.
    const NumberRange rounded{static_cast<float>(range.low), static_cast<float>(range.high), range.has_low,
                              range.has_high};
    std::transform(fit.scores.begin(), fit.scores.end(), fit.fits.begin(),
                   [&](float value) { return rounded.contains(value); });
    const bool is_less = std::isinf(range.low);
    if (is_less)
        for (float& score : fit.scores) score = 1.0F - score;
    return fit;
}

Fit fit_of(const Query& query, TrackColumns& columns);

void join(Fit& fit, const Fit& other, bool is_and) {
    for (std::size_t i = 0; i < fit.scores.size(); ++i) {
        fit.fits[i] = is_and ? fit.fits[i] && other.fits[i] : fit.fits[i] || other.fits[i];
        fit.scores[i] =
            is_and ? fit.scores[i] * other.scores[i] : 1.0F - (1.0F - fit.scores[i]) * (1.0F - other.scores[i]);
    }
}

Fit fit_of_list(const Query& query, TrackColumns& columns) {
    Fit fit = fit_of(query.parts.front(), columns);
    for (std::size_t i = 1; i < query.parts.size(); ++i)
        join(fit, fit_of(query.parts[i], columns), query.kind == Query::Kind::all_of);
    return fit;
}

Fit fit_of(const Query& query, TrackColumns& columns) {
    switch (query.kind) {
        case Query::Kind::all_of:
        case Query::Kind::any_of: return fit_of_list(query, columns);
        case Query::Kind::none_of: return opposite(fit_of(query.parts.front(), columns));
        case Query::Kind::tag: {
            TrackColumns::TagColumn column = columns.tag(query.tag_index);
            return {std::move(column.is_present), std::move(column.probabilities)};
        }
        case Query::Kind::probability:
            return fit_of_probability(columns.tag(query.tag_index).probabilities, query.range);
        case Query::Kind::status: return certain(columns.has_status(query.text));
        case Query::Kind::path: return certain(columns.has_in_path(query.text));
        case Query::Kind::year: return certain(in_range(columns.years(), query.range));
        case Query::Kind::duration: return certain(in_range(columns.durations_s(), query.range));
        default: return certain(columns.has_words(query.kind, query.text));
    }
}

}  // namespace

std::vector<FoundTrack> evaluate(const Query& query, TrackColumns& columns) {
    const Fit fit = fit_of(query, columns);
    std::vector<FoundTrack> found;
    for (std::size_t i = 0; i < fit.scores.size(); ++i)
        if (fit.fits[i]) found.push_back({i, fit.scores[i]});
    std::ranges::stable_sort(found, std::ranges::greater(), &FoundTrack::score);
    return found;
}

bool path_has(const std::string& path, const std::string& pattern) {
    const std::string text = lower_case(path);
    const std::string wanted = "*" + lower_case(pattern) + "*";
    std::size_t in_text = 0;
    std::size_t in_pattern = 0;
    std::size_t star = std::string::npos;  // the last one, which may take more
    std::size_t after_star = 0;            // where the text of that attempt goes on
    while (in_text < text.size()) {
        const bool has_more = in_pattern < wanted.size();
        if (has_more && wanted[in_pattern] == '*') {
            star = in_pattern++;
            after_star = in_text;
        } else if (has_more && (wanted[in_pattern] == '?' || wanted[in_pattern] == text[in_text])) {
            ++in_pattern;
            ++in_text;
        } else if (star != std::string::npos) {
            in_pattern = star + 1;
            in_text = ++after_star;
        } else {
            return false;
        }
    }
    return wanted.find_first_not_of('*', in_pattern) == std::string::npos;
}

}  // namespace earmark
