"""jupyter_kernel_test with every attribute filled, so that none of its tests is skipped."""

import os
import unittest

import jupyter_kernel_test
import pytest

SUITES = {
    "echo": dict(
        kernel_name="echo", language_name="echo", file_extension=".echo", code_hello_world="print hello, world",
        code_stderr="warn careful", completion_samples=[{"text": "pri", "matches": {"print"}}],
        complete_code_samples=["1", "print x"], incomplete_code_samples=["print \\"], invalid_code_samples=[")"],
        code_page_something="page help", code_generate_error="fail x",
        code_execute_result=[{"code": "7", "result": "7"}, {"code": "result <b>", "result": "<b>", "mime": "text/html"}],
        code_display_data=[{"code": "display x", "mime": "image/svg+xml"}, {"code": "display x", "mime": "text/html"}],
        code_history_pattern="7*", supported_history_operations=("tail", "range", "search"),
        code_inspect_sample="print", code_clear_output="clear"),
    "attune": dict(
        kernel_name="attune", language_name="attune", file_extension=".attune",
        code_hello_world='print "hello, world"', code_stderr='print "careful" to=stderr',
        completion_samples=[
            {"text": "networ", "matches": {"network"}},
            {"text": "train optimizer=ada", "matches": {"adagrad", "adam", "adamw", "adadelta"}}],
        complete_code_samples=["1", "train epochs=2", "space external\n    x in 0..1\n", "plot [1,\n2]"],
        incomplete_code_samples=["space", "network hidden=[64,", "train epochs=2 \\", "space\n    layers in 1..4"],
        invalid_code_samples=["train )", 'print "open'], code_page_something="?train", code_generate_error="no_such_thing",
        code_execute_result=[{"code": "1 + 2", "result": "3"}, {"code": "6 / 2", "result": "3.0"},
                             {"code": "1e-3", "result": "0.001"}],
        code_display_data=[
            {"code": "plot schedule step epochs=5", "mime": mime} for mime in ("image/svg+xml", "text/html", "text/plain")],
        code_history_pattern="1 ?*", supported_history_operations=("tail", "range", "search"),
        code_inspect_sample="train", code_clear_output="clear"),
}


@pytest.mark.parametrize("name", SUITES)
def test_every_test_of_the_suite_passes(jupyter, name, monkeypatch):
    for key, value in jupyter.items():
        monkeypatch.setenv(key, value)
    loader = unittest.defaultTestLoader
    kernel = type("Kernel", (jupyter_kernel_test.KernelTests,), SUITES[name])
    welcome = type("Welcome", (jupyter_kernel_test.IopubWelcomeTests,), {"kernel_name": name, "support_iopub_welcome": True})
    suite = unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in (kernel, welcome))
    with open(os.devnull, "w") as sink:
        result = unittest.TextTestRunner(stream=sink).run(suite)
    problems = [f"{test}: {text}" for test, text in result.failures + result.errors]
    assert not problems, "\n".join(problems)
    assert not result.skipped and result.testsRun == 13, (result.testsRun, result.skipped)
