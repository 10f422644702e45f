import os
import stat
import unittest

from program import CLEAN, SEED, ProgramTest

ORDER = CLEAN.replace(b"SECSTATE WASHDC PRIORITY 6035", b"SECSTATE WASHDC 6035 PRIORITY")  # FL7-12, safe
GUESS = CLEAN.replace(b"PP RUEHBJ", b"NN RUEHBJ")  # FL2-01, a guess


class CheckFix(ProgramTest):
    def test_a_file_is_mended_in_place_and_keeps_its_mode(self):
        path = self.file("a.txt", ORDER)
        path.chmod(0o640)
        result = self.run_program("check", "--fix", path)
        self.assertExit(result, 0)
        self.assertEqual(path.read_bytes(), CLEAN)
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o640)
        self.assertIn(b"1 mend made in 1 file", result.stderr)
        self.assertEqual([p.name for p in self.directory.iterdir()], ["a.txt"])

    def test_the_target_of_a_link_is_mended_and_the_link_stays(self):
        target = self.file("real/a.txt", ORDER)
        link = self.directory / "link.txt"
        link.symlink_to(target)
        self.assertExit(self.run_program("check", "--fix", link), 0)
        self.assertTrue(link.is_symlink())
        self.assertEqual(target.read_bytes(), CLEAN)

    def test_mended_again_nothing_changes(self):
        path = self.file("a.txt", ORDER * 3)
        self.run_program("check", "--fix", path)
        once, inode = path.read_bytes(), path.stat().st_ino
        result = self.run_program("check", "--fix", path)
        self.assertIn(b"0 mends made in 0 files", result.stderr)
        self.assertEqual((path.read_bytes(), path.stat().st_ino), (once, inode))

    def test_nothing_makes_a_cancelled_message_look_complete(self):
        cancelled = CLEAN[:CLEAN.rindex(b"BT\n")] + b"E E E E E E E E AR\nNNNN\n"
        result = self.run_program("check", "--fix", "--unsafe-fixes", stdin=cancelled)
        self.assertExit(result, 1)
        self.assertEqual(result.stdout, cancelled)

    def test_standard_input_is_mended_to_standard_output(self):
        result = self.run_program("check", "--fix", "-", stdin=ORDER)
        self.assertExit(result, 0)
        self.assertEqual(result.stdout, CLEAN)

    def test_a_guess_is_made_on_request_only(self):
        self.assertEqual(self.run_program("check", "--fix", stdin=GUESS).stdout, GUESS)
        self.assertEqual(self.run_program("check", "--unsafe-fixes", stdin=GUESS).stdout, CLEAN)

    def test_a_diff_changes_nothing_and_patches(self):
        path = self.file("a.txt", CLEAN + ORDER + CLEAN)
        result = self.run_program("check", "--diff", path)
        self.assertExit(result, 1)
        self.assertEqual(path.read_bytes(), CLEAN + ORDER + CLEAN)
        self.assertIn(b"-TO RUEHC/SECSTATE WASHDC 6035 PRIORITY\n+TO RUEHC/SECSTATE WASHDC PRIORITY 6035\n", result.stdout)
        self.assertExit(self.run_program("check", "--diff", self.file("b.txt", CLEAN)), 0)

    def test_messages_of_a_stream_are_mended_each_at_its_place(self):
        path = self.file("a.txt", CLEAN + ORDER + CLEAN + ORDER)
        self.run_program("check", "--fix", path)
        self.assertEqual(path.read_bytes(), CLEAN * 4)

    @unittest.skipIf(os.geteuid() == 0, "root may write anywhere")
    def test_what_cannot_be_written_is_a_failure(self):
        path = self.file("closed/a.txt", ORDER)
        path.parent.chmod(0o500)
        self.addCleanup(path.parent.chmod, 0o700)
        self.assertExit(self.run_program("check", "--fix", path), 2)
        self.assertEqual(path.read_bytes(), ORDER)

    def test_the_seed_is_checked_as_it_is(self):
        before = SEED.read_bytes()
        self.run_program("check", "--diff", SEED)
        self.assertEqual(SEED.read_bytes(), before)


if __name__ == "__main__":
    unittest.main()
