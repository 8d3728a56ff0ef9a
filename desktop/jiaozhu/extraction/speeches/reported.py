"""The shape "reported": a press report that goes from one official to the next (guideline, section 1).

A speech is the run of sentences about one official or one place. Sentences that lead over to the next, list
many places or speak of all belong to none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from jiaozhu import lexicon
from jiaozhu.extraction.people.offices import seats
from jiaozhu.extraction.people.officials import Official, find_officials
from jiaozhu.extraction.places.gazetteer import Level, Region
from jiaozhu.extraction.places.regions import RegionMention, resolve_reference
from jiaozhu.extraction.speeches.drafts import Atlas, Draft, is_of_kind
from jiaozhu.extraction.speeches.layout import Line, is_of_page
from jiaozhu.extraction.speeches.sayings import (
    FIGURE,
    find_meeting,
    find_sayings,
    is_hollow,
    is_of_meeting,
    says,
)
from jiaozhu.extraction.speeches.sentences import find_paragraphs, split_sentences

_INTERRUPTION = 300  # characters between two parts of one speech, nobody else speaking
_SHORT_REMARK = 30  # characters
_OPENING = 12  # characters in which a paragraph with figures says that it's about all
_NAME_LENGTHS = range(2, 7)
_AT_OCCASION = re.compile(r"(?:在[^。!?“”\n]{2,40}[上时中里],|[^。!?“”\n]{0,12}[上时中里],)")  # “…”在…会议上,
_MANY = 3  # places listed in one sentence


@dataclass(slots=True)
class _Sentence:
    start: int
    end: int
    officials: list[Official] = field(default_factory=list)  # who say something here
    name: str = ""  # a known speaker named without office, who says something
    meeting: bool = False  # it tells what the meeting as such says: 会议决定,…
    mentions: list[RegionMention] = field(default_factory=list)  # places that the sentence may be about

    @property
    def has_topic(self) -> bool:
        """Return whether the sentence tells whom or what it is about."""
        return bool(self.officials or self.name or self.mentions or self.meeting)


def read_reported(text: str, lines: list[Line], atlas: Atlas) -> list[Draft]:
    """Return the speeches that running text reports; none if no official says anything."""
    if not lines:
        return []
    officials = list(find_officials(text, lines[0].start, lines[-1].end))
    if any(official.private for official in officials):
        heads = {text[line.start : line.start + length] for line in lines for length in _NAME_LENGTHS}
        officials = [
            official
            for official in officials
            if not official.private or official.name(text) in heads or _opens_paragraph(text, official)
        ]
    names = {name for _, name in find_sayings(text, lines, {official.name(text) for official in officials})}
    names |= {
        official.name(text) for official in officials if text[official.start - 1 : official.start] == "”"
    }
    if names or meets(text, lines):
        return _Report(text, lines, atlas, officials, names).read()
    return []


def meets(text: str, lines: list[Line]) -> bool:
    """Return whether most of the figures in the lines stand behind the first words of a meeting as such.

    So it is in minutes (会议决定,…) and in the news of a meeting; a plan that quotes one is none.
    """
    first = find_meeting(text, lines[0].start, lines[-1].end)
    if first is None:
        return False
    before = len(FIGURE.findall(text, lines[0].start, first))
    return before <= len(FIGURE.findall(text, first, lines[-1].end))


class _Report:
    """Goes through a report sentence by sentence."""

    def __init__(
        self,
        text: str,
        lines: list[Line],
        atlas: Atlas,
        officials: list[Official],
        names: set[str],
    ) -> None:
        self.text = text
        self.lines = lines
        self.atlas = atlas
        self.officials = officials
        self.starts = [official.start for official in officials]
        self.by_name: dict[str, Official] = {}
        for official in officials:
            name = official.name(text)
            known = self.by_name.get(name)
            if name in names and (known is None or self._has_seat(known) or not known.place.name):
                self.by_name[name] = official
        regions = [atlas.named(official.place) for official in self.by_name.values() if not official.private]
        self.spoken_for = [region for region in regions if region]
        provinces = {region for region in self.spoken_for if region.level is Level.PROVINCE}
        self.least = Level.PROVINCE if len(provinces) > 1 else Level.PREFECTURE
        public = [official for official in self.by_name.values() if not official.private]
        self.several = len(public or self.by_name) > 1
        self.said = find_sayings(text, lines, self.by_name)
        self.drafts: list[Draft] = []
        self.current: Draft | None = None
        self.place_of_meeting: Region | None = None
        self.main_of_kind: dict[str, Region | None] = {}

    def read(self) -> list[Draft]:
        """Return the speeches in order."""
        paragraphs = list(find_paragraphs(self.text, self.lines))
        for paragraph in paragraphs:
            if _is_of_page(self.text, paragraph.start, paragraph.end):
                self.current = None
            elif not paragraph.heading:
                sentences = self._sentences(paragraph.start, paragraph.end)
                self._read_paragraph(sentences, closes=paragraph is paragraphs[-1])
            elif self.several:
                self.current = None
        return [
            draft
            for draft in self.drafts
            if draft.of_meeting
            or ((draft.name or self.several) and not is_hollow(self.text, draft.start, draft.end))
        ]

    def _read_paragraph(self, sentences: list[_Sentence], *, closes: bool) -> None:
        topics = [i for i, sentence in enumerate(sentences) if sentence.has_topic]
        if not topics:
            written = self.text[sentences[0].start : sentences[-1].end]
            over = _leads_over(written) or (closes and not FIGURE.search(written))
            self._go_on(None if over or self._speaks_of_all(sentences[0]) else self.current, sentences[-1])
            return
        for i, sentence in enumerate(sentences):
            if sentence.has_topic:
                self._go_on(self._speech_of(sentence, opens=i == topics[0]), sentence)
            elif i > topics[0] or self._goes_on(sentences[topics[0]]):
                self._go_on(self.current, sentence)
            else:
                self._go_on(None, sentence)  # it leads up to the first that has a topic

    def _go_on(self, speech: Draft | None, sentence: _Sentence) -> None:
        """Give a sentence to a speech, or to none."""
        self.current = speech
        if speech is not None:
            speech.end = sentence.end

    def _goes_on(self, sentence: _Sentence) -> bool:
        """Return whether a sentence that has a topic goes on with the current speech."""
        current = self.current
        if current is None:
            return False
        if sentence.officials:
            official = sentence.officials[0]
            return self._is_same(current, self._region(official), official)
        if sentence.name:
            return self._speaker(current) == sentence.name
        return any(_belongs(mention.region, current) for mention in sentence.mentions)

    def _speech_of(self, sentence: _Sentence, *, opens: bool) -> Draft | None:
        """Return the speech that a sentence with a topic is part of; None if it's part of none."""
        if sentence.officials:
            return self._speech_by(sentence.officials[0], sentence)
        if sentence.name:
            return self._speech_by(self.by_name[sentence.name], sentence)
        if sentence.meeting:
            return self._speech_of_meeting(sentence)
        current = self.current
        if current is not None and current.of_meeting and self._hands_over(sentence):
            return None
        if current is not None and self._goes_on(sentence):
            return None if opens and self._links(sentence, current) else current
        if self._leads_to(sentence):
            return None
        if len({mention.region for mention in sentence.mentions}) >= _MANY:
            self.spoken_for += [mention.region for mention in sentence.mentions]  # 会上,义乌、柯桥…交流发言
            return None
        subject = self._subject(sentence, opens=opens)
        if subject is not None:
            return self._begin(sentence, subject)
        return None if opens and self._speaks_of_all(sentence) else current

    def _speech_by(self, official: Official, sentence: _Sentence) -> Draft:
        """Return the current speech if it is that official's or nobody's yet, else a new one."""
        if self._has_seat(official):
            official = self.by_name.get(official.name(self.text), official)
        region = self._region(official)
        speech = self.current
        if speech is None or not self._is_same(speech, region, official):
            speech = self._begin(sentence, region, official.name(self.text))
        if speech.name is None:
            speech.give(official)
            speech.region = speech.region or region
        if speech.region is None and self._has_seat(official):
            # 郁安澜代表说,松漪县…: the seat tells no place.
            speech.region = sentence.mentions[0].region if sentence.mentions else None
        return speech

    def _speech_of_meeting(self, sentence: _Sentence) -> Draft:
        """Return the current speech if it is the meeting's, else a new one without a speaker."""
        if self.current is None or not self.current.of_meeting:
            self.place_of_meeting = self.place_of_meeting or self._region_of_meeting()
            draft = self._begin(sentence, self.place_of_meeting)
            draft.of_meeting = True
            return draft
        return self.current

    def _region_of_meeting(self) -> Region | None:
        """Return the place that all who speak lie in, else the one that the text names most."""
        places = list({(region.code, region.name): region for region in self.spoken_for}.values())
        if not places:
            return self.atlas.main(0, len(self.text))
        outer = [region for region in places[0].chain() if all(place.lies_in(region) for place in places)]
        return outer[0] if outer and outer[0].level is not Level.NATION else None

    def _leads_to(self, sentence: _Sentence) -> bool:
        """Return whether a sentence only leads up to a place: 同样把项目攥在手心里的,还有沿海的汀兰区."""
        written = self.text[sentence.start : sentence.end]
        return sentence.mentions[-1].end == sentence.end - 1 and not FIGURE.search(written)

    def _hands_over(self, sentence: _Sentence) -> bool:
        """Return whether a sentence without figures speaks of who speaks: 会上,临颍、舞阳作了发言。"""
        written = self.text[sentence.start : sentence.end]
        return written.startswith(_words("handover", "sign")) and not FIGURE.search(written)

    def _links(self, sentence: _Sentence, current: Draft) -> bool:
        """Return whether a sentence without figures goes to another place: 如果说文登是…,那么邹城…"""
        others = [mention.region for mention in sentence.mentions if not _belongs(mention.region, current)]
        known = any(region.same(other) for region in self.spoken_for for other in others)
        return known and not FIGURE.search(self.text, sentence.start, sentence.end)

    def _begin(self, sentence: _Sentence, region: Region | None, speaker: str = "") -> Draft:
        """Begin a speech, or take up the last one if the same official goes on soon after."""
        last = self.drafts[-1] if self.drafts else None
        if last and last.of_meeting and speaker and not FIGURE.search(self.text, last.start, last.end):
            before = self.drafts[-2] if len(self.drafts) > 1 else None
            if before and self._speaker(before) == speaker:  # a word of the meeting between two of his
                self.drafts.pop()
                last = before
        if last and speaker and self._speaker(last) == speaker and sentence.start - last.end < _INTERRUPTION:
            return last
        draft = Draft(sentence.start, sentence.end, region=region)
        self.drafts.append(draft)
        return draft

    def _subject(self, sentence: _Sentence, *, opens: bool) -> Region | None:
        """Return the place that a sentence goes over to.

        It stands at the head of the sentence, or it has a speaker in this report and the sentence opens the
        paragraph's topic. Events in a place are not what the place does.
        """
        for mention in sentence.mentions:
            known = any(region.same(mention.region) for region in self.spoken_for)
            heads = _is_lead(self.text[sentence.start : mention.start])
            if (heads and mention.full) or (known and (opens or heads)):
                event = any(word in self.text[mention.end : sentence.end] for word in _words("event", "word"))
                return None if event and self.current is None else mention.region
        return None

    def _is_same(self, current: Draft, region: Region | None, official: Official) -> bool:
        """Return whether an official speaks in the current speech."""
        if self._speaker(current) not in ("", official.name(self.text)) or current.of_meeting:
            return False
        return region is None or current.region is None or region.same(current.region)

    def _region(self, official: Official) -> Region | None:
        """Return the place that an official speaks for; 区委书记 for the district spoken of just now."""
        if official.private or self._has_seat(official):
            return None
        place = official.place
        named = self.atlas.named(place)
        if named is not None or not place.kind:
            return named or (self.current.region if self.current else None)
        if self.current and self.current.region:
            for region in self.current.region.chain():
                if is_of_kind(region, place.kind):
                    return region
        last = self.atlas.last_of_kind(place.kind, max(0, official.start - 300), official.start)
        return last or self._main(place.kind)

    def _main(self, kind: str) -> Region | None:
        """Return the region of a kind that the text names most."""
        if kind not in self.main_of_kind:
            self.main_of_kind[kind] = self.atlas.main(0, len(self.text), kind)
        return self.main_of_kind[kind]

    def _has_seat(self, official: Official) -> bool:
        """Return whether all that is said of a speaker is that he sits in an assembly: 郁安澜代表."""
        return self.text[official.office_start : official.office_end] in seats()

    def _speaker(self, draft: Draft) -> str:
        return "".join(self.text[slice(*draft.name)].split()) if draft.name else ""

    def _speaks_of_all(self, sentence: _Sentence) -> bool:
        """Return whether a sentence speaks of more than the current place: 浙江保持定力, 一季度,全省…"""
        current = self.current.region if self.current else None
        for mention in self.atlas.between(sentence.start, sentence.end):
            wider = mention.region.level is Level.PROVINCE or (current and current.lies_in(mention.region))
            if wider and self.text[mention.start - 1 : mention.start] in ("", ",", "。", "\n", "?", "!", " "):
                return True
        for match in _REFERENCE.finditer(self.text, sentence.start, sentence.end):
            referred = resolve_reference(match["word"], current)
            if referred is None or current is None or not referred.same(current):
                return True
        return False

    # --- sentences ---------------------------------------------------------------------------------------

    def _sentences(self, start: int, end: int) -> list[_Sentence]:
        spans = split_sentences(self.text, start, end, self._is_attributed)
        sentences = [_Sentence(*span) for span in spans]
        for sentence in sentences:
            first, last = bisect_left(self.starts, sentence.start), bisect_left(self.starts, sentence.end)
            sentence.officials = [o for o in self.officials[first:last] if self._speaks(o, sentence)]
            if not sentence.officials:
                sentence.name = self._known_name(sentence)
                sentence.meeting = not sentence.name and is_of_meeting(
                    self.text, sentence.start, sentence.end
                )
            sentence.mentions = list(self._topical(sentence))
        return sentences

    def _is_attributed(self, position: int, end: int) -> bool:
        """Return whether right behind a quotation stands who said it."""
        next_official = bisect_left(self.starts, position)
        if next_official < len(self.starts) and self.starts[next_official] < min(position + 4, end):
            return True
        occasion = _AT_OCCASION.match(self.text, position, end)
        if occasion and next_official < len(self.starts) and self.starts[next_official] < occasion.end() + 4:
            return True
        return self.text.startswith((*self.by_name, "他说", "她说", "他表示", "她表示"), position)

    def _speaks(self, official: Official, sentence: _Sentence) -> bool:
        if self.text[official.start - 1] == "”":
            return True
        return says(self.text, official.end, sentence.end)

    def _known_name(self, sentence: _Sentence) -> str:
        """Return the speaker whom a sentence names without office and lets say something, if any."""
        at = bisect_left(self.said, (sentence.start, ""))
        return self.said[at][1] if at < len(self.said) and self.said[at][0] < sentence.end else ""

    def _topical(self, sentence: _Sentence) -> Iterator[RegionMention]:
        """Yield the places that a sentence may be about: neither in an office nor where something happens."""
        for mention in self.atlas.between(sentence.start, sentence.end):
            if mention.region.level.rank < self.least.rank:
                continue
            before = bisect_right(self.starts, mention.start) - 1
            in_office = before >= 0 and mention.start < self.officials[before].end
            just_before = self.text[max(sentence.start, mention.start - 1) : mention.start]
            happens = just_before in _words("locative", "before")
            if not in_office and (not happens or _is_lead(self.text[sentence.start : mention.start])):
                yield mention


# --- words -----------------------------------------------------------------------------------------------

#: A wider place as the subject of a clause: 全省|新开工…, but not 全省第一.
_REFERENCE = re.compile(
    r"(?:(?<=[,。\n])|^)(?P<word>[全我](?:国|省|市|州|盟|自治区))(?![第前排首均居唯率县领]|平均|同类)",
    re.MULTILINE,
)


def _opens_paragraph(text: str, official: Official) -> bool:
    """Return whether an official opens a paragraph, but for a quotation."""
    before = text[text.rfind("\n", 0, official.start) + 1 : official.start].strip()
    return not before or (before[0] == "“" and before[-1] == "”")


def _is_of_page(text: str, start: int, end: int) -> bool:
    """Return whether a line says who was present, or is of the page."""
    return is_of_page(text, Line(start, end, "", start))


def _belongs(region: Region, draft: Draft) -> bool:
    return draft.region is not None and region.lies_in(draft.region)


def _leads_over(text: str) -> bool:
    """Return whether a paragraph that names no place leads over to the next.

    It speaks of the meeting or of all speakers, asks a question, or is a short remark without figures.
    """
    if text.startswith("“"):
        return False
    figures = FIGURE.search(text) is not None
    if text.endswith("?") or any(
        sign in (text[:_OPENING] if figures else text) for sign in _words("handover", "sign")
    ):
        return True
    return not figures and len(text) < _SHORT_REMARK and not text.startswith(_words("continuation", "word"))


def _is_lead(text: str) -> bool:
    """Return whether the words before a place leave it the subject: none, a time, a short clause."""
    rest = text
    for word in _words("time", "word"):
        rest = rest.removeprefix(word)
    return not rest.strip(",:") or (text.endswith(",") and len(text) <= 13 and "。" not in text)


@cache
def _words(group: str, key: str) -> tuple[str, ...]:
    return lexicon.words("reporting", group, key)
