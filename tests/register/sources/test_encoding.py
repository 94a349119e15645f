from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.errors import SourceError
from register.sources.encoding import decode

CSV = Path("a.csv")
TEXT = "县,村名,户数\n元谋县,星火村,12\n"
MARKS = {
    "utf-8": b"\xef\xbb\xbf",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "gb18030": b"\x84\x31\x95\x33",
}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_what_only_one_encoding_reads_is_read_without_a_mark(encoding):
    assert decode(CSV, TEXT.encode(encoding)) == (TEXT, encoding)


@pytest.mark.parametrize("encoding", MARKS)
def test_a_byte_order_mark_decides(encoding):
    assert decode(CSV, MARKS[encoding] + TEXT.encode(encoding)) == (TEXT, encoding)


def refusal_of(raw):
    with pytest.raises(SourceError) as refusal:
        decode(CSV, raw)
    return str(refusal.value)


def test_bytes_that_read_differently_in_two_encodings_are_refused_with_their_place():
    """The hanzi 茅 in GBK is é in UTF-8: nobody can tell which was meant."""
    assert refusal_of("name\n茅\n".encode("gb18030")) == (
        "a.csv line 2: byte 5 on can be read as UTF-8 and as GB18030; "
        "save the file as CSV UTF-8 with a byte-order mark (Excel does) and run again"
    )


def test_two_hanzi_in_utf8_that_are_also_gb18030_are_read_where_only_utf8_makes_plain_chinese():
    raw = "name\n中文\n".encode()
    assert raw.decode("gb18030") == "name\n涓\ue15f枃\n"
    assert decode(CSV, raw) == ("name\n中文\n", "utf-8")


def test_mixed_encodings_are_refused_where_the_second_begins():
    assert refusal_of("村名\n".encode() + "星火\n".encode("gb18030") + "村名".encode() + b"\xff") == (
        "a.csv line 3: byte 18 is neither UTF-8 nor GB18030; save the file as CSV UTF-8 and run again"
    )


def test_a_mark_that_the_bytes_do_not_keep_is_refused():
    assert refusal_of(b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\n") == (
        "a.csv line 3: byte 40 is not UTF-16-LE, which the file seems to be; "
        "save the file as CSV UTF-8 and run again"
    )


RARE = "name\n王\ue816\n李\U000323b0\n"


@pytest.mark.parametrize("encoding", [*MARKS, "unmarked"])
def test_rare_characters_are_kept_alike_in_every_encoding(encoding):
    """A hanzi of GBK's private-use area, and one newer than this Python."""
    raw = RARE.encode("gb18030") if encoding == "unmarked" else MARKS[encoding] + RARE.encode(encoding)
    assert decode(CSV, raw)[0] == RARE


def test_half_a_pair_in_utf16_becomes_a_damaged_character_and_costs_no_more_than_its_row():
    raw = MARKS["utf-16-le"] + "a\n".encode("utf-16-le") + b"\x42\xd8" + "\n吉\n".encode("utf-16-le")
    assert decode(CSV, raw)[0] == "a\n\ufffd\n吉\n"


def test_a_rare_hanzi_in_the_utf8_of_some_databases_is_the_hanzi():
    """Oracle's UTF8 writes both halves of 𠮷 by themselves (CESU-8)."""
    halves = "name\n李\ud842\udfb7,星火村\n".encode("utf-8", "surrogatepass")
    assert decode(CSV, halves) == ("name\n李𠮷,星火村\n", "utf-8")
    assert decode(CSV, MARKS["utf-8"] + halves)[0] == "name\n李𠮷,星火村\n"


def test_utf8_with_a_damaged_line_is_not_taken_for_gb18030():
    """The last line lost a byte, so that all of it happens to be GB18030."""
    raw = "name\n中文\n".encode() + "中文".encode("gb18030") + b"\n"
    assert raw.decode("gb18030") == "name\n涓\ue15f枃\n中文\n"
    assert refusal_of(raw) == (
        "a.csv line 3: byte 12 is not UTF-8, though other lines are; mend that line, save the file as CSV "
        "UTF-8 and run again"
    )


@given(
    text=st.text(st.characters(min_codepoint=9, max_codepoint=0x9FFF, exclude_categories=["Cs"])),
    encoding=st.sampled_from(["utf-8", "gb18030", "marked utf-8", "utf-16-le"]),
)
def test_a_text_comes_back_as_it_was_written_or_is_refused(text, encoding):
    marked = encoding.startswith(("marked", "utf-16"))
    plain = encoding.removeprefix("marked ")
    raw = (MARKS[plain] if marked else b"") + text.encode(plain)
    try:
        read, _ = decode(CSV, raw)
    except SourceError:
        assert not marked
        return
    assert read.encode(plain) == text.encode(plain) or plain == "gb18030"
    assert marked is False or read == text
