"""Files come in, in their order, whoever reads them."""

from pathlib import Path

import pytest

from jiaozhu import records
from jiaozhu.intake import Refused, Taken, files_in, take, take_bytes
from jiaozhu.review.storing import store_all
from jiaozhu.store import Store, StoreError
from ordinary import ordinary_user
from sketch import sketch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Forty speeches, the tenth of them empty."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(
            f"第{number}篇：增长{number + 1}%。" * (number != 10), "utf-8"
        )
    return folder


@pytest.mark.parametrize("processes", [1, 2])
def test_files_are_stored_in_their_order(processes: int, folder: Path) -> None:
    files, left_out = files_in([folder])
    with Store() as store:
        became = list(store_all(store, take(files, processes=processes)))
        sources = [row.source for row in store.documents()]
        suggested = sum(row.suggested for row in store.documents())
    assert left_out == []
    assert [Path(item.source).name for item in became if isinstance(item, Refused)] == ["10.txt"]
    assert sources == [f"{number:02}.txt" for number in range(40) if number != 10]
    assert suggested == 39


def test_records_stand_among_files_where_they_were_named(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    lines = [
        records.encode(records.from_extraction(*sketch(f"{number}⟦1%⟧", source=f"r{number}")))
        for number in (1, 2)
    ]
    file.write_bytes(b"\n".join(lines))
    with Store() as store:
        list(store_all(store, take([folder / "03.txt", file, folder / "01.txt"])))
        assert [row.source for row in store.documents()] == ["03.txt", "r1", "r2", "01.txt"]


def test_links_to_folders_are_not_followed(folder: Path) -> None:
    try:
        (folder / "round").symlink_to(folder, target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    assert len(files_in([folder])[0]) == 40


def test_what_was_given_out_before_the_disk_was_full_is_there(folder: Path, tmp_path: Path) -> None:
    files, _ = files_in([folder])
    path = tmp_path / "a.jiaozhu"
    with Store(path, create=True) as store:
        list(store_all(store, take(files[:5])))
        store._db.execute("PRAGMA max_page_count = 1")
        more = (take_bytes(f"{number}，增长7%。{'长' * 5000}".encode(), "-") for number in range(100))
        with pytest.raises(StoreError, match="磁盘已满"):
            list(store_all(store, more))
    with Store(path) as store:
        assert [row.source for row in store.documents()] == [file.name for file in files[:5]]
        assert all(store.annotations(row.id) for row in store.documents())


def test_a_folder_that_may_not_be_entered_is_left_out_with_its_reason() -> None:
    with ordinary_user() as folder:
        (folder / "closed").mkdir(mode=0)
        (folder / "a.txt").write_text("增长7%", "utf-8")
        files, left_out = files_in([folder, folder / "closed" / "b.txt"])
        became = list(take(files))
        (folder / "closed").chmod(0o700)
    assert [Path(item.source).name for item in left_out] == ["closed"]
    assert [type(item) for item in became] == [Taken, Refused]
