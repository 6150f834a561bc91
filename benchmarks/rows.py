"""Check a corpus in one of the ways that `sizing.py` measures.

    python benchmarks/rows.py parquet CORPUS DIRECTORY              JSON lines as Parquet files, to begin with
    python benchmarks/rows.py batches GLOSSARY DIRECTORY FINDINGS   by `check_batches`, into a Parquet file
    python benchmarks/rows.py spark GLOSSARY DIRECTORY SMALL TASKS FINDINGS
    python benchmarks/rows.py jobs GLOSSARY CORPUS JOBS FINDINGS

The last two print seconds: wall-clock time without the start of Spark and its workers, and processor time
of the command's first process without the time of its workers.
"""

from __future__ import annotations

import itertools
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

# Enough files for all workers, and more than one for each.
_FILES = 8
_ROWS_A_BATCH = 8192


def parquet(corpus: str, directory: str) -> None:
    """Write a corpus as Parquet files with a column of ids, unless the directory exists."""
    import pyarrow as pa
    import pyarrow.json
    import pyarrow.parquet

    if Path(directory).exists():
        return
    table = pyarrow.json.read_json(corpus)
    table = table.append_column("id", pa.array(range(table.num_rows), pa.int64()))
    beside = Path(f"{directory}.part")
    beside.mkdir(parents=True, exist_ok=True)
    each = -(-table.num_rows // _FILES)
    for number in range(_FILES):
        part = table.slice(number * each, each)
        pyarrow.parquet.write_table(part, beside / f"{number}.parquet", compression="zstd")
    beside.replace(directory)


def batches(glossary: str, directory: str, findings: str) -> None:
    """Check Parquet files with `check_batches`, and write a Parquet file of findings."""
    import pyarrow.parquet

    from termcheck.arrow import check_batches, findings_schema

    schema = findings_schema(pyarrow.int64())
    with pyarrow.parquet.ParquetWriter(findings, schema, compression="zstd") as writer:
        for found in check_batches(_batches(directory), glossary, id_column="id"):
            writer.write_batch(found)


def _batches(directory: str) -> Iterator[Any]:
    import pyarrow.parquet

    for path in sorted(Path(directory).glob("*.parquet")):
        # Decoding rows ahead in other threads would gain little speed and need more memory.
        yield from pyarrow.parquet.ParquetFile(path).iter_batches(_ROWS_A_BATCH, use_threads=False)


def spark(glossary: str, directory: str, small: str, tasks: str, findings: str) -> None:
    """Check Parquet files with `check_dataframe` in `tasks` parallel tasks, and print the seconds."""
    from pyspark.sql import SparkSession

    from termcheck.spark import check_dataframe

    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.files.minPartitionNum": str(_FILES),
    }
    # The workers need the same packages.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = SparkSession.builder.master(f"local[{tasks}]").config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    taken = []
    # In the first run, Spark starts its workers, and each of them compiles the glossary.
    for read in (small, directory):
        begin = time.perf_counter()
        found = check_dataframe(session.read.parquet(read), glossary, id_column="id")
        found.write.mode("overwrite").parquet(findings)
        taken.append(time.perf_counter() - begin)
    session.stop()
    print(taken[-1])


def jobs(glossary: str, corpus: str, count: str, findings: str) -> None:
    """Check JSON lines with the command in several processes, and print the seconds of the first process."""
    from termcheck.cli import main

    output = f"json-lines:{findings}"
    status = main(
        ["check", "-q", "--isolated", "--jobs", count, "-g", glossary, "--output-format", output, corpus]
    )
    assert status < 2
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_utime + used.ru_stime)


WAYS: Mapping[str, Callable[..., None]] = {
    "parquet": parquet,
    "batches": batches,
    "spark": spark,
    "jobs": jobs,
}

if __name__ == "__main__":
    WAYS[sys.argv[1]](*itertools.islice(sys.argv, 2, None))
