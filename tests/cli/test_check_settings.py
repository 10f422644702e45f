import unittest

from program import CLEAN, DAMAGED, ProgramTest


class CheckSettings(ProgramTest):
    def check(self, *arguments, stdin=DAMAGED, environment=None):
        return self.run_program("check", *arguments, stdin=stdin, environment=environment)

    def test_the_file_is_found_upward_and_left_out_when_isolated(self):
        self.file("torntape.toml", b'ignore = ["FL2-01"]\n')
        self.assertExit(self.check(), 0)
        self.assertExit(self.check("--isolated"), 1)

    def test_flags_outrank_the_environment_and_both_the_file(self):
        self.file("torntape.toml", b'fail-on = "never"\n')
        self.assertExit(self.check(), 0)
        self.assertExit(self.check(environment={"TORNTAPE_FAIL_ON": "error"}), 1)
        self.assertExit(self.check("--fail-on", "never", environment={"TORNTAPE_FAIL_ON": "error"}), 0)

    def test_another_file_is_named(self):
        self.assertExit(self.check("--config", self.file("other.toml", b'ignore = ["FL2"]\n')), 0)
        self.assertExit(self.check("--config", "missing.toml"), 2)

    def test_severities_are_set_by_rule_and_family(self):
        self.file("torntape.toml", b'[severity]\nFL2 = "warning"\n')
        self.assertExit(self.check(), 0)
        self.file("torntape.toml", b'[severity]\nFL2 = "off"\n"FL2-01" = "error"\n')
        self.assertExit(self.check(), 1)

    def test_what_is_wrong_has_its_place(self):
        for content, said in ((b'ignroe = ["FL2"]\n', b"torntape.toml:1:1: unknown key 'ignroe'"),
                              (b'jobs = 2\nfail-on = "maybe"\n', b"torntape.toml:2:11: 'fail-on' is to be one of"),
                              (b'select = "FL2"\n', b"torntape.toml:1:10: 'select' is to be a list"),
                              (b'[profile.mine]\nbase = "navy"\n', b"torntape.toml:2:8: 'base' is to be one of"),
                              (b'[severity\n', b"torntape.toml:1:")):
            with self.subTest(content=content):
                self.file("torntape.toml", content)
                result = self.check()
                self.assertExit(result, 2)
                self.assertIn(said, result.stderr)
        self.file("torntape.toml", b'ignore = ["FL2-99"]\n')
        self.assertIn(b"no rule or family 'FL2-99'", self.check().stderr)

    def test_a_profile_of_ones_own(self):
        self.file("torntape.toml", b'[profile.mine]\nbase = "state"\nignore = ["FL2-01"]\n')
        self.assertExit(self.check(), 1)
        self.assertExit(self.check("--profile", "mine"), 0)
        self.assertExit(self.check("--profile", "nine"), 2)
        self.file("torntape.toml", b'[profile]\nuse = "mine"\n[profile.mine]\nbase = "state"\nignore = ["FL2-01"]\n')
        self.assertExit(self.check(), 0)

    def test_copy_kinds_by_path(self):
        self.file("torntape.toml", b'[copy-kind]\n"filed/**" = "origin"\n')
        self.file("filed/a/b.txt", CLEAN)
        report = self.run_program("check", "--report", "acceptance", "filed")
        self.assertIn(b"1 state origin", report.stdout)

    def test_settings_are_shown_with_their_source(self):
        self.file("torntape.toml", b'fail-on = "warning"\n')
        shown = self.check("--show-settings", "--jobs", "3").stdout
        self.assertRegex(shown, rb'fail-on = "warning" +# .*torntape.toml\n')
        self.assertRegex(shown, rb"jobs = 3 +# --jobs")


if __name__ == "__main__":
    unittest.main()
