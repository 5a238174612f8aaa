"""The index is a cache: it can be deleted, cut, written over or copied from while questions are asked, and every question is answered."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import rmtree

import numpy as np
import pytest
from filelock import FileLock

from coach.domain.outcomes import Outcome
from coach.errors import EmbeddingFailed
from coach.retrieval import index, vector_cache
from coach.retrieval.embed import StaticEmbedder, Vectors, failed
from coach.retrieval.index import VectorIndex, corpus_version, index_name
from coach.retrieval.search import GuidanceSearch
from coach.settings import REPOSITORY
from tests.small_guidance import OTHER, SMALL, best, search_in

TEXTS = [f"Number {i} of some texts that differ in one word." for i in range(40)]
SLACK = "how much slack does a session need"


class Counting:
    """The builtin embedder, which counts what it is asked to embed."""

    name, dimension = "counting", StaticEmbedder.dimension

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return StaticEmbedder().embed(texts)


class Away(Counting):
    """An embedder that cannot be had."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        raise failed(Outcome.UNREACHABLE)


class Named:
    """An embedder that is only a name and a dimension."""

    def __init__(self, name: str, dimension: int) -> None:
        self.name, self.dimension = name, dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), self.dimension), dtype=np.float32)


def answers(index: VectorIndex) -> bool:
    """Each text is nearest to itself."""
    vectors = StaticEmbedder().embed(TEXTS[:3])
    return [int(index.nearest(vector, 1)[0][0]) for vector in vectors] == [0, 1, 2]


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_the_name_of_an_index_changes_with_corpus_embedder_and_dimension() -> None:
    names = [index_name(TEXTS, Named("a", 8)), index_name(TEXTS[1:], Named("a", 8)), index_name(TEXTS, Named("b", 8))]

    assert len({*names, index_name(TEXTS, Named("a", 16))}) == 4


def test_the_version_changes_with_one_word_and_not_with_the_order_of_texts() -> None:
    assert corpus_version(TEXTS) == corpus_version(TEXTS[::-1]) != corpus_version([*TEXTS[1:], TEXTS[0] + " So."])


def test_the_embedder_gives_one_unit_vector_a_text_and_the_same_ones_again() -> None:
    vectors = StaticEmbedder().embed(["slack", "open questions"])

    assert vectors.shape == (2, StaticEmbedder.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors, StaticEmbedder().embed(["slack", "open questions"]))


@pytest.mark.parametrize("exact", [0, 1_000], ids=["by graph", "in memory"])
def test_each_text_is_nearest_to_itself_and_equal_texts_are_all_found(tmp_path: Path, exact: int) -> None:
    index = VectorIndex(tmp_path, [*TEXTS, TEXTS[0]], StaticEmbedder(), exact)

    places, cosines = index.nearest(StaticEmbedder().embed(TEXTS[:1])[0], 3)

    assert set(places[:2].tolist()) == {0, len(TEXTS)} and cosines[0] == pytest.approx(1, abs=1e-3)
    assert len(places) == 3 and list(cosines) == sorted(cosines, reverse=True)
    assert np.allclose(index.vectors(np.array([0, len(TEXTS)])), StaticEmbedder().embed([TEXTS[0], TEXTS[0]]), atol=1e-5)


def test_what_is_compared_in_memory_and_by_graph_is_the_same(tmp_path: Path) -> None:
    memory, graph = (VectorIndex(tmp_path, TEXTS, StaticEmbedder(), exact) for exact in (1_000, 0))
    asked = StaticEmbedder().embed(["which number differs"])[0]

    assert set(memory.nearest(asked, 10)[0].tolist()) == set(graph.nearest(asked, 10)[0].tolist())


def test_only_what_is_new_is_embedded(tmp_path: Path) -> None:
    VectorIndex(tmp_path, TEXTS, Counting())
    again, more = Counting(), Counting()
    VectorIndex(tmp_path, TEXTS, again)
    index = VectorIndex(tmp_path, [*TEXTS[5:], "And one more text."], more)

    assert again.embedded == []
    assert more.embedded == ["And one more text."]
    assert int(index.nearest(StaticEmbedder().embed(["And one more text."])[0], 1)[0][0]) == len(TEXTS) - 5


def test_older_versions_go_and_the_newest_stay(tmp_path: Path) -> None:
    for i in range(6):
        VectorIndex(tmp_path, TEXTS[i:], StaticEmbedder())

    versions = [path for path in tmp_path.iterdir() if path.is_dir()]
    assert len(versions) == vector_cache.KEPT_OTHERS + 1
    assert tmp_path / index_name(TEXTS[5:], StaticEmbedder()) in versions


@pytest.mark.parametrize("exact", [0, 1_000], ids=["by graph", "in memory"])
@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: rmtree(folder),
        lambda folder: [path.unlink() for path in files(folder)],
        lambda folder: [path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]) for path in files(folder)],
        lambda folder: [path.write_bytes(b"") for path in files(folder)],
        lambda folder: [path.write_bytes(b"\xff" * path.stat().st_size) for path in files(folder)],
    ],
    ids=["deleted", "emptied", "cut in half", "cut to nothing", "written over"],
)
def test_an_index_that_is_harmed_while_it_is_open_answers_the_next_question(
    tmp_path: Path, harm: Callable[[Path], object], exact: int
) -> None:
    index = VectorIndex(tmp_path / "index", TEXTS, StaticEmbedder(), exact)
    assert answers(index)

    harm(tmp_path / "index")

    assert answers(index)
    assert answers(VectorIndex(tmp_path / "index", TEXTS, StaticEmbedder(), exact))


HARMED_AT_RANDOM = """
import random, sys
from pathlib import Path
from tests.test_index import TEXTS, answers, files
from coach.retrieval.embed import StaticEmbedder
from coach.retrieval.index import VectorIndex
chance, folder = random.Random(int(sys.argv[1])), Path(sys.argv[2])
for _ in range(12):
    assert answers(VectorIndex(folder, TEXTS, StaticEmbedder(), chance.choice([0, 1_000])))
    for path in chance.sample(files(folder), 2):
        data = bytearray(path.read_bytes())
        if chance.random() < 0.5:
            data = data[: chance.randrange(len(data) + 1)]
        else:
            for place in chance.choices(range(len(data)), k=200 if data else 0):
                data[place] = chance.randrange(256)
        path.write_bytes(data)
print("lived")
"""


@pytest.mark.parametrize("seed", [1, 2])
def test_a_process_that_opens_files_harmed_at_random_lives_and_answers(tmp_path: Path, seed: int) -> None:
    # In a process of its own: what these files can do to one that trusts them is to end it.
    done = subprocess.run(
        [sys.executable, "-c", HARMED_AT_RANDOM, str(seed), str(tmp_path)], cwd=REPOSITORY, capture_output=True, text=True, timeout=240
    )

    assert (done.returncode, done.stdout.strip()) == (0, "lived"), done.stderr[-2_000:]


def test_a_whole_index_is_opened_while_another_process_holds_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    VectorIndex(tmp_path, TEXTS, Counting())
    monkeypatch.setattr(index, "LOCK_SECONDS", 0.1)  # so that waiting ends at once, and shows as texts embedded again
    again = Counting()
    with FileLock(tmp_path / "index.lock"):
        assert answers(VectorIndex(tmp_path, TEXTS, again))

    assert again.embedded == []


def test_an_index_that_cannot_be_kept_on_disk_is_held_in_memory(tmp_path: Path) -> None:
    (tmp_path / "index").write_bytes(b"a file where the folder should be")

    assert answers(VectorIndex(tmp_path / "index", TEXTS, StaticEmbedder()))


def test_an_embedder_that_cannot_be_had_is_said_and_leaves_no_half_an_index(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingFailed):
        VectorIndex(tmp_path, TEXTS, Away())

    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []


def test_a_search_goes_by_words_alone_where_no_vectors_can_be_had(tmp_path: Path) -> None:
    assert best(GuidanceSearch(SMALL, tmp_path, Away()), SLACK) == "Slack"


def test_two_searches_over_one_folder_both_answer(tmp_path: Path) -> None:
    first, second = search_in(tmp_path), search_in(tmp_path)

    assert best(first, "may one of us stop without a reason") == best(second, "may one of us stop without a reason") == "Exit"


def test_two_searches_of_different_guidance_over_one_folder_both_answer(tmp_path: Path) -> None:
    old, new = search_in(tmp_path, SMALL), search_in(tmp_path, OTHER)

    assert best(new, "equal credit in public") == "Credit"
    assert best(old, SLACK) == "Slack"
    assert best(new, "equal credit in public") == "Credit"
