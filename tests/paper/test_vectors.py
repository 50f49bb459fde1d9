"""An SVG is drawn only when nothing in it runs, points outside or grows without end."""

import pytest

from desktop.errors import Refused
from desktop.paper.vectors import MOST_BYTES, check_svg, is_svg

HEAD = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
GOOD = HEAD + (
    'viewBox="0 0 60 20"><style>.a{fill:#0B6B6B}</style><defs><linearGradient id="g"><stop offset="0" '
    'stop-color="red"/></linearGradient><circle id="c" r="4"/></defs><rect class="a" width="60" height="20"/>'
    '<use xlink:href="#c" x="9" y="9"/><path fill="url(#g)" d="M0 0h9v9z"/></svg>'
)
DOCTYPE = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def svg(inside: str) -> bytes:
    return f'{HEAD}viewBox="0 0 60 20">{inside}</svg>'.encode()


def nested_uses(levels: int) -> str:
    groups = ['<g id="u0"><rect width="1" height="1"/></g>']
    for level in range(1, levels):
        uses = f'<use xlink:href="#u{level - 1}"/>' * 10
        groups.append(f'<g id="u{level}">{uses}</g>')
    return "".join(groups)


def test_a_usual_logo_is_let_through_unchanged() -> None:
    assert check_svg(GOOD.encode()) == GOOD.encode()
    assert check_svg(DOCTYPE.encode() + GOOD.split("?>")[1].encode())
    assert is_svg(GOOD.encode())
    assert is_svg(GOOD.replace('<?xml version="1.0"?>', "").encode("utf-16"))
    assert not is_svg(b"\x89PNG\r\n")


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>alert(1)</script>", "script"),
        ('<rect onclick="x()"/>', "script"),
        ("<foreignObject/>", "script"),
        ('<animate attributeName="x"/>', "script"),
        ('<image href="logo.png"/>', "andere afbeelding"),
        ('<image xlink:href="data:image/png;base64,AAAA"/>', "andere afbeelding"),
        ('<use xlink:href="http://example.org/a.svg#x"/>', "daarbuiten"),
        ('<use xlink:href="file:///etc/passwd"/>', "daarbuiten"),
        ('<a href="https://example.org"/>', "daarbuiten"),
        ('<rect fill="url(http://example.org/x)"/>', "daarbuiten"),
        ("<style>@import 'http://example.org/x.css';</style>", "daarbuiten"),
        ('<rect style="fill:u\\72l(http://example.org)"/>', "daarbuiten"),
        ("<?xml-stylesheet href='x.css'?>", "daarbuiten"),
        ("<filter/>", "ingewikkeld"),
        ("<pattern/>", "ingewikkeld"),
        ('<path stroke-dasharray="0.0001" d="M0 0h9"/>', "ingewikkeld"),
        ("<rect/>" * 6000, "ingewikkeld"),
        ("<g>" * 150 + "</g>" * 150, "ingewikkeld"),
        (nested_uses(9), "ingewikkeld"),
        ("<style>" + ".a{fill:red}" * 1000 + "</style>", "ingewikkeld"),
        ('<g id="a"><use xlink:href="#a"/></g>', "ingewikkeld"),
        ("<rect>", "kapot"),
        ("&laugh;", "kapot"),
    ],
)
def test_what_could_do_harm_is_refused_in_plain_words(inside: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        check_svg(svg(inside))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            f'<!DOCTYPE svg [<!ENTITY l0 "ha">{LAUGHS}]>{svg("&l9;").decode()[21:]}'.encode(),
            "kan hier niet worden gelezen",
        ),
        (b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>', "kan hier niet worden gelezen"),
        (b"<html><svg/></html>", "kapot"),
        (b"<svg", "kapot"),
        (b"<svg>" + b" " * MOST_BYTES + b"</svg>", "te groot"),
    ],
)
def test_a_file_that_is_a_trap_or_no_svg_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        check_svg(data)
