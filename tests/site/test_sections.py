"""A page's sections as search sees them."""

import pytest

from reading.sections import read_sections

pytestmark = pytest.mark.pageless


def test_a_note_at_a_step_is_prose_and_the_step_is_not() -> None:
    note = (
        '<p class="step-note" id="n"><b data-search-exclude>Note 1</b> It <code>moves</code>.</p>'
    )
    step = f'<li class="step"><pre>$ <kbd>ls</kbd></pre><pre><samp>file</samp></pre>{note}</li>'
    figure = f'<figure class="transcript"><ol class="transcript-steps">{step}</ol></figure>'
    (section,) = read_sections(f"<h1 id='t'>T</h1><p>Before.</p>{figure}<p>After.</p>")
    assert section.text == "<p>Before.</p><p> It <code>moves</code>.</p><p>After.</p>"
    assert section.transcript == "$ ls file"
