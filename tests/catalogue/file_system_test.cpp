#include "catalogue/file_system.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"

namespace earmark::catalogue {
namespace {

TEST(FileSystem, is_of_a_network_by_its_name) {
    for (const char* const name : {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "fuse.rclone", "9p", "ceph"})
        EXPECT_TRUE(file_system_named(name).is_network) << name;
    for (const char* const name : {"ext4", "btrfs", "xfs", "zfs", "overlay", "tmpfs", "fuseblk", "fuse.mergerfs"})
        EXPECT_FALSE(file_system_named(name).is_network) << name;
}

TEST(FileSystem, reports_all_changes_unless_others_may_make_them) {
    for (const char* const name : {"ext4", "btrfs", "tmpfs", "overlay"})
        EXPECT_TRUE(file_system_named(name).reports_all) << name;
    for (const char* const name : {"nfs4", "cifs", "fuseblk", "fuse.mergerfs"})
        EXPECT_FALSE(file_system_named(name).reports_all) << name;
}

TEST(FileSystem, of_proc_is_proc) { EXPECT_EQ(file_system_of("/proc/self").name, "proc"); }

TEST(FileSystem, of_what_does_not_exist_is_unknown) {
    const TemporaryFolder folder;
    EXPECT_EQ(file_system_of(folder.path() / "no").name, "unknown");
}

}  // namespace
}  // namespace earmark::catalogue
