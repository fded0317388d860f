"""The classic London schools through `core`: are the published variance components reproduced?

    python -m evals.london [--data FOLDER]

FOLDER (or SANYAN_EVAL_DATA) holds `london_exam_va.csv`, or a folder `panels` with it: 4,059 pupils of 65 schools,
`Exam` of the R package mlmRev (Goldstein et al., 1993, Oxford Review of Education 19:425-33). Prints one JSON line, and
ends with 1 where a published figure is missed by more than 0.001, with 2 where the file is not there.
"""

from __future__ import annotations

import json
import sys
import time

from evals.data import asker, data_file

from sanyan.core.evaluating.compare_spec import CompareSpec
from sanyan.core.evaluating.comparing import compare_rows
from sanyan.engines.documents.delimited import read_delimited

FILE = "london_exam_va.csv"
PUBLISHED = {"tau2": 0.0938, "sigma2": 0.5659, "beta": 0.563}
WITHIN = 0.001
SCHOOLS = 65


def main() -> None:
    path = data_file(FILE, asker(__doc__).parse_args().data)
    if path is None:
        print(f"{FILE} is not there; name its folder with --data", file=sys.stderr)
        sys.exit(2)
    result = evaluate(path.read_bytes())
    print(json.dumps(result))
    sys.exit(0 if result["reproduced"] else 1)


def evaluate(data: bytes) -> dict[str, object]:
    """Fit normexam on standLRT within schools, and hold each component against what is published."""
    sheet = read_delimited(data, file_name=FILE)
    began = time.perf_counter()
    found = compare_rows(sheet, CompareSpec(unit="school", outcome="normexam", context=("standLRT",)), place=FILE)
    seconds = time.perf_counter() - began
    model = found.model
    figures = {"tau2": model.tau2, "sigma2": model.sigma2, "beta": float(model.beta[1])}
    missed = [name for name, value in figures.items() if abs(value - PUBLISHED[name]) > WITHIN]
    return {
        "figures": {name: round(value, 6) for name, value in figures.items()},
        "published": PUBLISHED,
        "schools": len(found.units),
        "pupils": int(model.n.sum()),
        "seconds": round(seconds, 3),
        "missed": missed,
        "reproduced": not missed and len(found.units) == SCHOOLS,
    }


if __name__ == "__main__":
    main()
