"""Files that once crashed, hung or deceived the program: each gets its answer, and the session lives on."""

import shutil
from pathlib import Path

import pytest
from conftest import ATTUNE
from wire import Kernel

CORPUS = Path(__file__).resolve().parents[1] / "fuzz" / "corpus"
WEIGHTS = 'data iris\nnetwork hidden=[4]\nimport weights from="{file}"'
STUDY = 'study storage "{file}"\nstudy open "NAME"\ntrials\nbest'

# Each file with the cells that use it, whether they run, and what is said.
CRASHERS = {
    "npz/npz_text_width_overflow.npz": ('data npz("{file}")', False, ["'<U9223372036854775807', which is not read"]),
    "npz/npz_shape_product_overflow.npz": ('data npz("{file}")', False, ["x has an impossible size"]),
    "npz/npz_U0_huge_count.npz": ('data npz("{file}")', False, ["y with 1125899906842624 values", "memory"]),
    "npz/npz_label_1e30.npz": ('data npz("{file}")', True, ["regression", "1e+30"]),
    "npz/npz_zip64_size_2e40.npz": ('data npz("{file}")', False, ["is damaged or cut off"]),
    "npz/npz_overlapping_bomb_6GB.npz": ('data npz("{file}")', False, ["is damaged or cut off"]),
    "csv.gz/two_gzip_members_half_read.csv.gz": ('data csv("{file}")', True, ["60          20     20", "0 to 198"]),
    "model/model_bias_range_reads_heap.attune": ('load "{file}"', False, ["the file is not a whole model"]),
    "model/model_extra_layer_heap_corruption.attune": ('load "{file}"', False, ["the file is not a whole model"]),
    "model/model_running_variance_bad_pointer.attune": ('load "{file}"', False, ["the file is not a whole model"]),
    "weights.json/weights_json_shape.json": (WEIGHTS, False, ["'layers.0.weight' has 15 values", "product of its shape"]),
    "weights.safetensors/safetensors_shape_intmax.safetensors": (WEIGHTS, False, ["is not a complete safetensors file"]),
    "study/optuna_suggest_int_2e63.db": (
        STUDY.replace("NAME", "seed63"), True, ["9180162147664385024", "1349687113680019456", "best trial: 6"]),
    "study/study_datetime_is_number.db": (
        STUDY.replace("NAME", "p"), True, ["table trials, trial 0: datetime_start is not a date", "best trial: 8"]),
    "study/study_gap_in_numbers.db": (STUDY.replace("NAME", "q"), True, ["trial 15 is shown as 2", "best trial: 6"]),
}


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    with Kernel([ATTUNE, "kernel", "{connection_file}"], cwd=tmp_path_factory.mktemp("crashers")) as kernel:
        yield kernel


@pytest.mark.parametrize("name", CRASHERS)
def test_a_file_that_crashed_gets_its_answer(kernel, name):
    cells, runs, said = CRASHERS[name]
    # A copy: opening a study file may write to it.
    file = shutil.copy(CORPUS / name, kernel.cwd)
    reply, published = kernel.execute(cells.format(file=Path(file).name))
    text = reply.content.get("evalue", "")
    for message in published:
        if message.type == "stream":
            text += message.content["text"]
        elif "data" in message.content:
            text += message.content["data"]["text/plain"]
    assert reply.content["status"] == ("ok" if runs else "error"), text
    assert all(word in text for word in said), text
    assert kernel.execute("1 + 1")[1][-2].content["data"]["text/plain"] == "2"


def test_every_kept_crasher_is_tried():
    kept = {str(file.relative_to(CORPUS)) for file in CORPUS.rglob("*") if file.is_file()}
    assert set(CRASHERS) == {name for name in kept if Path(name).parent.name not in ("idx", "npy")}
