#!/bin/bash
# ./earmark and ./run-tests, with stand-ins for CMake and Debian's tools.
source "$(dirname "${BASH_SOURCE[0]}")/sandbox.sh"
earmark=$checkout/earmark

built() { grep -c 'cmake --build' "$calls" || true; }

it_builds_the_program_and_runs_with_the_arguments() {
    run "$earmark" tag "a song.mp3" --top 3 </dev/null
    expect_equal "$status" 0
    expect_equal "$out" "<tag><a song.mp3><--top><3>"
    expect_called 'cmake --build build/release --target earmark_program earmark_manual_pages$'
}

it_builds_what_trains_for_the_first_command_that_needs_it() {
    remove_package libtorch-dev
    run "$earmark" tag song.mp3 </dev/null
    expect_not_called apt-get
    expect_called 'cmake --preset release .*-DEARMARK_BUILD_TRAINING=OFF'
    printf 'EARMARK_BUILD_TESTS:BOOL=OFF\nEARMARK_BUILD_TRAINING:BOOL=OFF\n' >"$checkout/build/release/CMakeCache.txt"
    run "$earmark" teach moods </dev/null
    expect_equal "$out" "<teach><moods>"
    expect_called 'apt-get .*install .* libtorch-dev$'
    expect_called 'cmake --preset release -UEARMARK_BUILD_TRAINING$'
    expect_called 'cmake --build build/release --target earmark_program earmark_manual_pages earmark_train_program$'
    : >"$calls"
    run "$earmark" train </dev/null
    run "$earmark" tag song.mp3 </dev/null
    expect_not_called 'cmake --build'
}

it_builds_everything_after_a_part_was_built() {
    run "$earmark" --version </dev/null
    printf 'EARMARK_BUILD_TESTS:BOOL=OFF\nEARMARK_BUILD_TRAINING:BOOL=OFF\n' >"$checkout/build/release/CMakeCache.txt"
    run "$checkout/tools/build" release
    expect_equal "$status" 0
    expect_called 'cmake --preset release -UEARMARK_BUILD_TESTS -UEARMARK_BUILD_BENCHMARKS -UEARMARK_BUILD_TRAINING$'
}

it_prints_one_line_when_it_builds() {
    run "$earmark" --version </dev/null
    expect_equal "$err" "earmark: building preset release; log: $checkout/build/release.log"
}

it_prints_nothing_and_builds_nothing_on_the_second_call() {
    run "$earmark" --version </dev/null
    : >"$calls"
    run "$earmark" --version </dev/null
    expect_equal "$status$out$err" "0<--version>"
    expect_equal "$(<"$calls")" ""
}

it_builds_again_when_a_source_of_any_folder_changed() {
    local folder repository count=1
    repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
    run "$earmark" --version </dev/null
    for folder in $(sed -n 's/^ *add_subdirectory(\([a-z_]*\).*/\1/p' "$repository/CMakeLists.txt" | grep -v '^tests$\|^benchmarks$\|^fuzz$'); do
        sleep 0.01
        mkdir -p "$checkout/$folder" && echo new >"$checkout/$folder/code.cpp"
        run "$earmark" --version </dev/null
        ((++count))
        expect_equal "$folder $(built)" "$folder $count"
    done
}

it_reports_that_it_waits_for_another_build() {
    local holder
    type flock >/dev/null 2>&1 || { echo "skipped: flock is missing" && exit 0; }
    mkdir -p "$checkout/build"
    flock "$checkout/build/release.lock" sleep 1 &
    holder=$!
    sleep 0.3
    run "$earmark" --version </dev/null
    wait "$holder"
    expect_equal "$status" 0
    [[ $err == "earmark: waiting for another build; log: $checkout/build/release.log"* ]]
}

it_builds_again_when_a_source_changed() {
    run "$earmark" --version </dev/null
    sleep 0.01
    echo second >"$checkout/src/code.cpp"
    run "$earmark" --version </dev/null
    expect_equal "$(built)" 2
}

it_builds_again_when_a_source_went_away() {
    echo more >"$checkout/src/more.cpp"
    run "$earmark" --version </dev/null
    sleep 0.01
    rm "$checkout/src/more.cpp"
    run "$earmark" --version </dev/null
    expect_equal "$(built)" 2
}

it_builds_again_when_packages_came_or_went() {
    [[ -f /var/lib/dpkg/status ]] || exit 0
    run "$earmark" --version </dev/null
    echo "of another system" >"$checkout/build/release.packages"
    run "$earmark" --version </dev/null
    expect_equal "$(built)" 2
}

it_runs_what_is_there_where_another_user_may_not_build() {
    run "$earmark" --version </dev/null
    echo second >"$checkout/src/code.cpp"
    echo "of another system" >"$checkout/build/release.packages"
    chmod -R a+rX "$sandbox" && chmod -R a-w "$checkout" && chmod a+w "$calls"
    local as_another=()
    ((EUID != 0)) || as_another=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    run "${as_another[@]}" "$earmark" --version </dev/null
    chmod -R u+w "$checkout"
    expect_equal "$status$out$err" "0<--version>"
    expect_equal "$(built)" 1
}

it_builds_again_in_a_checkout_that_was_copied() {
    run "$earmark" --version </dev/null
    echo "CMAKE_HOME_DIRECTORY:INTERNAL=$checkout" >"$checkout/build/release/CMakeCache.txt"
    cp -a "$checkout" "$sandbox/copy"
    : >"$calls"
    run "$sandbox/copy/earmark" --version </dev/null
    expect_equal "$status$out" "0<--version>"
    expect_called 'cmake --build build/release'
    [[ ! -f $sandbox/copy/build/release/CMakeCache.txt ]] || fail "the cache of the other folder is still there"
    run "$earmark" --version </dev/null
    expect_equal "$(built)" 1
}

it_does_not_need_the_packages_of_the_tests() {
    remove_package libgtest-dev
    run "$earmark" --version </dev/null
    expect_equal "$status" 0
    expect_not_called apt-get
    expect_called 'cmake --preset release -DEARMARK_BUILD_TESTS=OFF -DEARMARK_BUILD_TRAINING=OFF$'
}

it_works_from_another_folder_and_through_a_link() {
    mkdir -p "$sandbox/elsewhere/bin"
    ln -s "$earmark" "$sandbox/elsewhere/bin/mark"
    cd "$sandbox/elsewhere"
    run bin/mark x </dev/null
    expect_equal "$status$out" "0<x>"
    PATH=$sandbox/elsewhere/bin:$PATH run mark y </dev/null
    expect_equal "$status$out$err" "0<y>"
}

it_works_by_a_relative_path() {
    cd "$checkout"
    run ./earmark x </dev/null
    expect_equal "$status$out" "0<x>"
    run bash earmark y </dev/null
    expect_equal "$status$out$err" "0<y>"
}

it_leaves_standard_input_to_the_program_even_when_it_builds() {
    remove_package cmake
    run "$earmark" tag - <<<"a list"
    expect_equal "$out" $'<tag><->\na list'
}

it_keeps_standard_output_for_the_program_when_it_installs() {
    remove_package cmake
    run "$earmark" x </dev/null
    expect_equal "$out" "<x>"
    expect_contains "$err" "installing missing packages: cmake"
}

it_passes_the_exit_status_on() {
    PROGRAM_EXITS=1 run "$earmark" x </dev/null
    expect_equal "$status" 1
}

it_shows_the_end_of_the_log_when_the_build_fails() {
    echo broken >"$checkout/src/code.cpp"
    run "$earmark" x </dev/null
    expect_equal "$status$out" 2
    expect_contains "$err" "code.cpp:1: error: broken"
    expect_contains "$err" "$checkout/build/release.log"
}

it_tries_again_after_a_build_that_failed() {
    echo broken >"$checkout/src/code.cpp"
    run "$earmark" x </dev/null
    echo mended >"$checkout/src/code.cpp"
    run "$earmark" x </dev/null
    expect_equal "$status$out" "0<x>"
}

it_builds_although_packages_cannot_be_installed() {
    remove_package libdnnl-dev
    APT_FAILS=install run "$earmark" x </dev/null
    expect_equal "$status$out" "0<x>"
    expect_contains "$err" "apt-get could not install: libdnnl-dev"
}

it_can_be_called_twice_at_once() {
    export BUILD_TAKES_S=0.5
    "$earmark" one </dev/null >"$sandbox/one" 2>&1 &
    run "$earmark" two </dev/null
    wait $! || fail "the other call failed: $(<"$sandbox/one")"
    expect_equal "$status$out" "0<two>"
    expect_contains "$(<"$sandbox/one")" "<one>"
}

it_runs_the_tests_with_the_arguments_of_ctest() {
    run "$checkout/run-tests" -R "two words"
    expect_equal "$status" 0
    expect_contains "$out" "tests run: --test-dir $checkout/build/dev --output-on-failure"
    expect_contains "$out" "-R two words"
}

it_installs_what_the_tests_need() {
    remove_package libgtest-dev
    run "$checkout/run-tests"
    expect_called 'apt-get .*install .* libgtest-dev$'
    expect_called 'cmake --preset dev$'
}

it_fails_when_a_test_fails() {
    CTEST_EXITS=8 run "$checkout/run-tests"
    expect_equal "$status" 8
}

it_runs_no_test_when_the_build_fails() {
    echo broken >"$checkout/src/code.cpp"
    run "$checkout/run-tests"
    expect_equal "$status" 2
    expect_not_called ctest
}

run_named_test "$1"
