"""Text of every character set of DICOM with its bytes, as Python's codecs and pydicom write them.

Each line: the value of Specific Character Set, the bytes in hexadecimal, the text as UTF-8 in hexadecimal. Bytes and escape
sequences are put together here, by the tables of PS3.3 C.12.1.1.2; names with several sets in them are written by pydicom.
"""

import random

from pydicom.charset import convert_encodings
from pydicom.valuerep import PersonName

SINGLE = {
    "100": ("latin_1", b"-A"), "101": ("iso8859_2", b"-B"), "109": ("iso8859_3", b"-C"), "110": ("iso8859_4", b"-D"),
    "144": ("iso8859_5", b"-L"), "127": ("iso8859_6", b"-G"), "126": ("iso8859_7", b"-F"), "138": ("iso8859_8", b"-H"),
    "148": ("iso8859_9", b"-M"), "203": ("iso8859_15", b"-b"), "166": ("tis_620", b"-T"), "13": ("shift_jis", b")I"),
}

# Set, codec, escape sequence, how the codec is told the pair, whether the pair stands in the upper half.
DOUBLE = [
    ("ISO 2022 IR 87", "iso2022_jp", b"$B", b"\x1b$B%s\x1b(B", 0x00),
    ("ISO 2022 IR 159", "iso2022_jp_2", b"$(D", b"\x1b$(D%s\x1b(B", 0x00),
    ("ISO 2022 IR 149", "euc_kr", b"$)C", b"%s", 0x80),
    ("ISO 2022 IR 58", "gb2312", b"$)A", b"%s", 0x80),
]

# Codes that tables map to one or another of two characters that look the same.
VARIANTS = {("ISO 2022 IR 159", 0x2237), ("ISO 2022 IR 58", 0x2124), ("ISO 2022 IR 58", 0x212A)}

NAMES = [
    (["", "ISO 2022 IR 87"], ["Yamada^Tarou=山田^太郎=やまだ^たろう", "Abe^=安倍^"]),
    (["ISO 2022 IR 13", "ISO 2022 IR 87"], ["ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう"]),
    (["", "ISO 2022 IR 87", "ISO 2022 IR 159"], ["Name=丂山^太郎"]),
    (["", "ISO 2022 IR 149"], ["Hong^Gildong=洪^吉洞=홍^길동"]),
    (["", "ISO 2022 IR 58"], ["Zhang^XiaoDong=张^小东"]),
    (["ISO 2022 IR 100", "ISO 2022 IR 144", "ISO 2022 IR 126"], ["Dionysios=Διονυσιος^é=Люкceмбург", "é^Л^Δ"]),
    (["ISO_IR 192"], ["Wang^XiaoDong=王^小東=𠀋^😀"]),
    (["GB18030"], ["Wang^XiaoDong=王^小东=㐀^乗"]),
    (["GBK"], ["Wang^XiaoDong=王^小东=乗"]),
]


def line(terms, data, text):
    print("%s\t%s\t%s" % (terms, data.hex(), text.encode("utf-8").hex()))


def decoded(data, codec):
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


for number, (codec, escape) in SINGLE.items():
    for code in range(0xA1, 0x100):
        text = decoded(bytes([code]), codec)
        if text:
            line("ISO_IR " + number, b"A%cB" % code, "A%sB" % text)
            line("\\ISO 2022 IR " + number, b"A\x1b%s%c^\x1b%s%cB" % (escape, code, escape, code), "A%s^%sB" % (text, text))

for terms, codec, escape, told, upper in DOUBLE:
    for first in range(0x21, 0x7F):
        for second in range(0x21, 0x7F):
            pair = bytes([first | upper, second | upper])
            text = decoded(told % pair, codec)
            if text and len(text) == 1 and (terms, first << 8 | second) not in VARIANTS:
                line("\\" + terms, b"A\x1b" + escape + pair + (b"" if upper else b"\x1b(B") + b"B", "A%sB" % text)

for first in range(0x81, 0xFF):
    for second in [*range(0x40, 0x7F), *range(0x80, 0xFF)]:
        for terms in ("GBK", "GB18030"):
            text = decoded(bytes([first, second]), terms)
            if text:
                line(terms, bytes([0x41, first, second, 0x42]), "A%sB" % text)

for point in [*range(0x80, 0xD800, 13), *range(0x10000, 0x30000, 211)]:
    for terms, codec in (("GB18030", "gb18030"), ("ISO_IR 192", "utf-8")):
        line(terms, b"A" + chr(point).encode(codec) + b"B", "A%sB" % chr(point))

random.seed(1)
for terms, names in NAMES:
    encodings = convert_encodings(terms)
    for name in names:
        letters = [c for c in name if c not in "=^"]
        for _ in range(40):
            written = name if _ == 0 else "".join(random.choice(letters) if c not in "=^" else c for c in name)
            line("\\".join(terms), PersonName(written, encodings).encode(encodings), written)
