from __future__ import annotations

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.engines.documents.archives import inflated_parts, packed

bodies = st.binary(max_size=200) | st.just(b"PK\x05\x06" + bytes(18)) | st.just(b"PK\x03\x04" + bytes(26))


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["mimetype", "xl/workbook.bin", "xl/ตาราง.bin", "a/b/c"]), bodies))
def test_what_is_packed_is_read_back_the_same_by_any_reader(parts: dict[str, bytes]) -> None:
    made = packed(parts)

    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert {entry.filename: archive.read(entry) for entry in archive.infolist()} == parts
    assert inflated_parts(made, keep=lambda _: True) == parts
