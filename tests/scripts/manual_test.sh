#!/bin/bash
# manual_test.sh FUNCTION MANUAL PROGRAM TOOL: the manual pages and the shell completion that the build made in MANUAL,
# with TOOL, which is earmark_manual.
set -eu
manual=$2 program=$3 tool=$4
pages=$manual/man/man1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
    printf 'FAILED: %s\n' "$*"
    exit 1
}
expect_equal() { [[ $1 == "$2" ]] || fail "'$1' is not '$2'"; }
expect_contains() { [[ $1 == *"$2"* ]] || fail "'$1' does not contain '$2'"; }

it_has_a_page_with_every_option_for_each_command() {
    local command page option options
    for command in tag evaluate 'dataset check' 'library scan' 'dataset import folder' 'model info'; do
        page=$pages/earmark-${command// /-}.1
        [[ -f $page ]] || fail "no $page"
        # shellcheck disable=SC2086  # words
        options=$("$program" $command --help | grep -oE '^ +(-h, ?)?--[a-z-]+' | grep -oE -- '--[a-z-]+')
        expect_contains "$options" --help
        for option in $options; do
            grep -qF -- "\\fB${option//-/\\-}\\fR" "$page" || fail "$page does not have $option"
        done
    done
    expect_contains "$(groff -man -Tascii -P-c "$pages/earmark-tag.1" | sed 's/.\x08//g' | tr -s ' \n' ' ')" 'not with --present'
    for command in train teach analyze; do [[ -f $pages/earmark-$command.1 ]] || fail "no page of $command"; done
}

it_has_pages_that_roff_reads_without_a_warning() {
    local page problems
    for page in "$pages"/*.1; do
        problems=$(groff -man -ww -Tutf8 "$page" 2>&1 >/dev/null)
        [[ -z $problems ]] || fail "$page: $problems"
    done
    expect_contains "$(groff -man -Tascii -P-c "$pages/earmark-tag.1" | sed 's/.\x08//g')" '--format text|json|jsonl|csv'
}

# completed WORD...: what bash offers for the last word.
completed() {
    bash -c 'source "$0" && COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) && _earmark && echo "${COMPREPLY[*]}"' \
        "$manual/bash-completion/completions/earmark" "$@"
}

it_completes_commands_options_and_values_in_bash() {
    expect_equal "$(completed earmark eva)" evaluate
    expect_contains "$(completed earmark '')" 'dataset model'
    expect_equal "$(completed earmark dataset im)" import
    expect_contains "$(completed earmark dataset import '')" folder
    expect_equal "$(completed earmark tag --thr)" --threshold
    expect_equal "$(completed earmark tag --format j)" 'json jsonl'
    expect_equal "$(completed earmark tag --format = c)" csv
    expect_equal "$(completed earmark tag --format =)" 'text json jsonl csv'
    expect_equal "$(completed earmark tag --top '')" ''
    expect_equal "$(completed earmark tag --top 3 --form)" --format
}

it_completes_files_in_bash_where_the_command_takes_them() {
    local folder=$scratch
    mkdir "$folder/a folder"
    touch "$folder/a song.mp3"
    expect_equal "$(cd "$folder" && completed earmark tag 'a s')" 'a song.mp3'
    expect_equal "$(cd "$folder" && completed earmark evaluate --data a)" 'a folder'
    expect_equal "$(cd "$folder" && completed earmark dataset a)" ''
}

it_is_registered_with_bash() {
    expect_contains "$(bash -c 'source "$0" && complete -p earmark' "$manual/bash-completion/completions/earmark")" '-F _earmark earmark'
}

it_has_completion_that_the_other_shells_can_read() {
    if command -v zsh >/dev/null; then
        zsh -n "$manual/zsh/site-functions/_earmark"
        expect_equal "$(zsh -fc "fpath=('$manual/zsh/site-functions' \$fpath); autoload -Uz compinit; compinit -uD; print \$_comps[earmark]")" _earmark
    fi
    if command -v fish >/dev/null; then
        local fish=$manual/fish/vendor_completions.d/earmark.fish
        expect_equal "$(fish -c "source '$fish'; complete -C 'earmark tag --format j'" | cut -f 1)" $'json\njsonl'
        expect_contains "$(fish -c "source '$fish'; complete -C 'earmark data'")" dataset
    fi
    for file in zsh/site-functions/_earmark fish/vendor_completions.d/earmark.fish; do
        expect_contains "$(<"$manual/$file")" jsonl
    done
}

it_quotes_whatever_a_description_has() {
    cat >"$scratch/commands.json" <<'JSON'
{"name": "earmark", "description": "Made up", "examples": [], "options": [], "commands": [
 {"name": "tag", "description": ".dots, it's \\back: \"50 %\" of $HOME `x`", "examples": [".earmark 'a b'"], "commands": [],
  "options": [{"names": ["--it"], "positional": "", "value": "", "choices": [], "help": ".SH it's $(y) \\fB", "default": "",
               "required": false, "repeats": false}]}]}
JSON
    "$tool" "$scratch/out" 1.2 "$scratch/commands.json"
    local text
    text=$(groff -man -ww -Tascii -P-c "$scratch/out/man/man1/earmark-tag.1" 2>&1 | sed 's/.\x08//g')
    expect_contains "$text" "earmark-tag - .dots, it's \\back: \"50 %\" of \$HOME \`x\`"
    expect_contains "$text" ".SH it's \$(y) \\fB"
    expect_contains "$text" "  .earmark 'a b'"
    bash -n "$scratch/out/bash-completion/completions/earmark"
    if command -v zsh >/dev/null; then zsh -n "$scratch/out/zsh/site-functions/_earmark"; fi
    if command -v fish >/dev/null; then
        expect_contains "$(fish -c "source '$scratch/out/fish/vendor_completions.d/earmark.fish'; complete -C 'earmark tag --i'")" "it's \$(y)"
    fi
}

it_is_installed_with_the_programs() {
    local prefix=$scratch file
    cmake --install "$(dirname "$manual")" --component programs --prefix "$prefix" >/dev/null
    for file in man/man1/earmark-tag.1 bash-completion/completions/earmark zsh/site-functions/_earmark \
        fish/vendor_completions.d/earmark.fish earmark/recipes/paper.toml earmark/{default,free,paper}.earmark; do
        [[ -f $prefix/share/$file ]] || fail "not installed: share/$file"
    done
    expect_contains "$("$prefix/bin/earmark" --version)" earmark
}

"$1"
