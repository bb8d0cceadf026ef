"use strict";

const absent = "–";

function is_number(value) {
  return typeof value === "number" && Number.isFinite(value);
}

function numbers_of(values) {
  return (values || []).filter(is_number);
}

function decimal(value, digits = 3) {
  return is_number(value) ? value.toFixed(digits).replace("-", "−") : absent;
}

function signed(value, digits = 3) {
  if (!is_number(value)) return absent;
  const text = decimal(Math.abs(value), digits);
  return Number(text) === 0 ? text : (value > 0 ? "+" : "−") + text;
}

// A digit more than scores have, so that it shows on which side of zero a bound of an interval is.
function difference_text(value) {
  return signed(value, 4);
}

function whole(value) {
  return is_number(value) ? value.toLocaleString("en") : absent;
}

function percent(value) {
  return is_number(value) ? `${(100 * value).toFixed(value < 0.0995 ? 1 : 0)} %` : absent;
}

function has_interval(score) {
  return Boolean(score) && is_number(score.low) && is_number(score.high);
}

function interval_text(score, format = decimal) {
  return has_interval(score) ? `${format(score.low)} to ${format(score.high)}` : "no interval";
}

function mean(values) {
  const known = numbers_of(values);
  return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
}

function quantile(values, share) {
  const sorted = numbers_of(values).sort((a, b) => a - b);
  return sorted.length ? sorted[Math.round(share * (sorted.length - 1))] : null;
}

function counted(count, one, many = one + "s") {
  return `${whole(count)} ${count === 1 ? one : many}`;
}

function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}

// Greatest first; what is not known comes last.
function descending(a, b) {
  if (!is_number(a)) return is_number(b) ? 1 : 0;
  return is_number(b) ? b - a : -1;
}
