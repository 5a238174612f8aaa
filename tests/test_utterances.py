"""How notes are taken apart into sentences, with who says them and what they stand under."""

import pytest

from coach.language.utterances import UtteranceKind, read_utterances

PAIR = ("Ines Roche", "Walter Blum")


@pytest.mark.parametrize(
    "notes",
    [
        "# Notes\r\n- Visits: two done\r\n- Decks: stuck\r\n",
        "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ines Roche>Did you go?</v>\n\n00:04.000 --> 00:06.000\n<v Walter Blum>Twice.</v>\n",
        "we met and talked then he left no stops at all",
        "Ines Roche: did you go?\nWalter Blum: I went twice.\n",
        "((((\n\x00\n ¿?",
    ],
)
def test_every_utterance_is_the_exact_slice_of_the_notes(notes: str) -> None:
    assert all(notes[u.start : u.end] == u.text for u in read_utterances(notes, PAIR))


def test_two_names_of_the_pair_after_typed_notes_are_speakers_and_no_headings() -> None:
    notes = "Short one, by phone.\n\nInes Roche: did you go?\nWalter Blum: I went twice.\n"
    said = [(u.speaker, u.text) for u in read_utterances(notes, PAIR) if u.kind is UtteranceKind.SAID]
    assert said == [("Ines Roche", "did you go?"), ("Walter Blum", "I went twice.")]


def test_a_list_of_jobs_under_two_names_is_no_talk() -> None:
    notes = "Jobs\nInes Roche: send the list\nWalter Blum: book the room\n"
    assert all(u.kind is not UtteranceKind.SAID for u in read_utterances(notes, PAIR))


def test_a_voice_tag_without_its_times_names_the_speaker_and_is_not_quoted() -> None:
    (said,) = read_utterances("<v Oriel>I went twice.</v>\n", PAIR)
    assert (said.speaker, said.text) == ("Oriel", "I went twice.")


@pytest.mark.parametrize("notes", ['Carried over from session 5: "three done"', "Last month's notes said: three done."])
def test_what_was_carried_over_is_not_said_of_this_session(notes: str) -> None:
    assert not any(u.is_own for u in read_utterances(notes))
