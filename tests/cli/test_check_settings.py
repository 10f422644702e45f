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
        self.assertIn(b"no rule or family 'FL2-99'", self.check("--isolated", "--ignore", "FL2-99").stderr)

    def test_an_unknown_rule_has_its_place(self):
        for content, said in (
                (b'ignore = ["FL2", "FL2-99"]\n', b"torntape.toml:1:18: no rule or family 'FL2-99'"),
                (b'\n[severity]\nFL2-O1 = "off"\n', b"torntape.toml:3:1: no rule or family 'FL2-O1'; did you mean 'FL2-01'"),
                (b'[profile.mine]\nbase = "state"\nselect = ["precedence-not-double"]\n',
                 b"torntape.toml:3:11: no rule or family 'precedence-not-double'; did you mean 'precedence-not-doubled'?")):
            with self.subTest(content=content):
                self.file("torntape.toml", content)
                result = self.check()
                self.assertExit(result, 2)
                self.assertIn(said, result.stderr)

    def test_conventions_are_keys_with_their_places(self):
        for content, said in (
                (b'year-pivto = 1970\n', b"torntape.toml:1:1: unknown key 'year-pivto' in the file; did you mean 'year-pivot'?"),
                (b'year-pivot = 1850\n', b"torntape.toml:1:14: 'year-pivot' is to be a year from 1900 to 2000"),
                (b'channel-number-width = [3, 5]\n', b"torntape.toml:1:24: 'channel-number-width' is to be 3, 4 or [3, 4]"),
                (b'[profile.mine]\nbase = "state"\nown-serials = 1\n', b"torntape.toml:3:15: 'own-serials' is to be true or false"),
                (b'tape-set = "baudot"\n', b"torntape.toml:1:12: 'tape-set' is to be one of ita2, ascii")):
            with self.subTest(content=content):
                self.file("torntape.toml", content)
                result = self.check()
                self.assertExit(result, 2)
                self.assertIn(said, result.stderr)

    def test_a_convention_of_a_profile_outranks_that_of_the_file(self):
        self.file("torntape.toml", b'channel-number-width = 4\n[profile.mine]\nbase = "state"\nchannel-number-width = 3\n')
        self.assertNotIn(b"FL1-05", self.check("--fail-on", "never").stdout)
        self.assertIn(b"FL1-05", self.check("--fail-on", "never", "--profile", "mine").stdout)

    def test_the_absence_of_a_security_warning(self):
        without = b"".join(line for line in CLEAN.splitlines(True) if not line.startswith(b"ZN"))
        self.assertIn(b"error[FL4-01]", self.check(stdin=without).stdout)
        self.file("torntape.toml", b'security-warning = "approved-circuits"\n')
        self.assertIn(b"info[FL4-01]", self.check(stdin=without).stdout)

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

    def test_conventions_are_shown_with_their_source(self):
        self.file("torntape.toml", b'line-length = 80\n[profile.mine]\nbase = "acp127"\nyear-pivot = 1970\n')
        shown = self.check("--show-settings").stdout
        self.assertRegex(shown, rb"line-length = 80 +# .*torntape.toml:1:15\n")
        self.assertRegex(shown, rb"year-pivot = 1950 +# default\n")
        self.assertRegex(shown, rb"# tape-set +# by the profile\n")
        shown = self.check("--show-settings", "--profile", "mine").stdout
        self.assertRegex(shown, rb"year-pivot = 1970 +# .*torntape.toml:4:14\n")
        self.assertRegex(shown, rb'tape-set = "ita2" +# profile acp127\n')


if __name__ == "__main__":
    unittest.main()
