"""HTML to shown text."""

import pytest

from replylint.mail.html import to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("  a \n\t b &amp; c&nbsp;d ", "a b & c d"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<ol start=3><li>a</li><li value=7>b</li></ol>", "3. a\n7. b"),
        ("<ol type=a><li>x<li>y</ol>", "a) x\nb) y"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n   - b\n- c"),
        ("<a href='https://x.example/a'>here</a>", "here (https://x.example/a)"),
        ("<a href='https://x.example/'>x.example</a>", "x.example"),
        ("<a href='mailto:a@b.c'>a@b.c</a>", "a@b.c"),
        ("<table><tr><td>A<td>1</tr><tr><th>B</th><th>2</th></tr></table>", "A\t1\nB\t2"),
        ("<pre>a\n  b &lt; c</pre>d", "a\n  b < c\n\nd"),
        ("<head><title>t</title></head><style>x{}</style><script>y<z</script>ok", "ok"),
        ("a<!-- b --><!--[if mso]><p>c</p><![endif]-->d", "ad"),
        ("<div style='display:none'>pre<b>header</b></div>text", "text"),
        ("1 < 2 & 3 > 2 &unknown; &#x41;", "1 < 2 & 3 > 2 &unknown; A"),
        ("<p class=MsoNormal>a</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>b</p>", "a\n \nb"),
        ("<p", "<p"),
        ("", ""),
    ],
)
def test_shown_text(html: str, text: str) -> None:
    assert to_text(html).text == text


def test_quotes_and_code_are_marked_with_their_depth() -> None:
    rendered = to_text("Yes.<blockquote>one<blockquote>two</blockquote>three</blockquote><pre>code</pre>")
    found = [(b.kind, b.depth, rendered.text[b.span.start : b.span.end].strip()) for b in rendered.marked]
    assert found == [("quote", 1, "one"), ("quote", 2, "two"), ("quote", 1, "three"), ("code", 0, "code")]


def test_runs_lead_back_to_the_source() -> None:
    html = "<p>Hello  <b>there</b>, &amp; good\nday</p>"
    rendered = to_text(html)
    assert rendered.text == "Hello there, & good day"
    for shown, place, length in rendered.source.runs:
        assert rendered.text[shown : shown + length] == html[place : place + length]
    start = rendered.text.index("there")
    assert rendered.source.to_source(start, start + 5) == (html.index("there"), html.index("there") + 5)
    assert rendered.source.to_source(rendered.text.index("&"), rendered.text.index("&") + 1) is None
