#!/bin/bash
# tools/install-packages, with stand-ins for Debian's tools.
source "$(dirname "${BASH_SOURCE[0]}")/sandbox.sh"
install_packages=$checkout/tools/install-packages

it_prints_and_installs_nothing_when_all_is_there() {
    run "$install_packages" build test
    expect_equal "$status$out$err" 0
    expect_not_called apt-get
}

it_asks_dpkg_once() {
    run "$install_packages" build test samples check
    expect_equal "$(grep -c dpkg-query "$calls")" 1
}

it_installs_only_what_is_missing_and_lists_it() {
    remove_package libsoxr-dev
    remove_package g++
    run "$install_packages" build
    expect_equal "$status" 0
    expect_equal "$err" "earmark: installing missing packages: g++ libsoxr-dev"
    expect_called 'apt-get .* update$'
    expect_called 'apt-get .* install --no-install-recommends g++ libsoxr-dev$'
    expect_not_called sudo
}

it_leaves_other_groups_alone() {
    remove_package libgtest-dev
    run "$install_packages" build
    expect_not_called apt-get
    run "$install_packages" test
    expect_called 'install .* libgtest-dev$'
}

it_uses_sudo_when_it_is_not_root() {
    remove_package cmake
    USER_ID=1000 run "$install_packages" build
    expect_equal "$status" 0
    expect_called 'sudo env .*apt-get .* install .* cmake$'
}

it_prints_the_command_for_root_when_there_is_no_sudo() {
    remove_package cmake
    rm "$sandbox/bin/sudo"
    mkdir "$sandbox/few"
    for tool in bash sed grep tr env; do ln -s "$(command -v $tool)" "$sandbox/few/$tool"; done
    PATH=$sandbox/bin:$sandbox/few USER_ID=1000 run "$install_packages" build
    expect_equal "$status" 1
    expect_contains "$err" "As root: apt-get install cmake"
    expect_not_called apt-get
}

it_continues_with_old_lists_when_they_cannot_be_updated() {
    remove_package cmake
    APT_FAILS=update run "$install_packages" build
    expect_equal "$status" 0
    expect_contains "$err" "could not be updated"
    expect_called 'install .* cmake$'
}

it_fails_when_apt_cannot_install() {
    remove_package cmake
    APT_FAILS=install run "$install_packages" build
    expect_equal "$status" 1
    expect_contains "$err" "apt-get could not install: cmake"
}

it_names_what_is_needed_on_another_system_and_succeeds() {
    rm "$sandbox"/bin/{dpkg-query,apt-get}
    mkdir "$sandbox/few"
    ln -s "$(command -v bash)" "$sandbox/few/bash"
    ln -s "$(command -v env)" "$sandbox/few/env"
    PATH=$sandbox/bin:$sandbox/few run "$install_packages" build
    expect_equal "$status" 0
    expect_contains "$err" "not a Debian system"
    expect_contains "$err" "libdnnl-dev"
}

it_refuses_a_group_that_does_not_exist() {
    run "$install_packages" nonsense
    expect_equal "$status" 2
    expect_contains "$err" nonsense
}

run_named_test "$1"
